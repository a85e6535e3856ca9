//! Programs that end with the test that started them.
//!
//! A program runs in a process group of its own, next to a watcher that holds the reading end of a pipe. When the
//! writing end closes, because the handle was dropped or because the test process is gone, the watcher kills the
//! whole group. That covers panics, `kill -9` and children of children, without any unsafe code.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{IpAddr, TcpListener};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};

/// How long [`Program::run`] waits unless told otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(120);

/// A program about to be started.
///
/// ```
/// use tidegate_testkit::process::Program;
/// let upper = Program::new("tr").args(["a-z", "A-Z"]).input("tide").run()?.success()?;
/// assert_eq!(upper.stdout, "TIDE");
/// # anyhow::Ok(())
/// ```
#[derive(Clone, Debug)]
pub struct Program {
    name: OsString,
    args: Vec<OsString>,
    env: Vec<(OsString, OsString)>,
    dir: Option<PathBuf>,
    input: Vec<u8>,
    timeout: Duration,
}

impl Program {
    /// The program called `name`, found on the search path, with no arguments yet.
    pub fn new(name: impl AsRef<OsStr>) -> Self {
        Self {
            name: name.as_ref().to_owned(),
            args: Vec::new(),
            env: Vec::new(),
            dir: None,
            input: Vec::new(),
            timeout: DEFAULT_TIMEOUT,
        }
    }

    /// Adds one argument.
    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.args.push(arg.as_ref().to_owned());
        self
    }

    /// Adds arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.args.extend(args.into_iter().map(|arg| arg.as_ref().to_owned()));
        self
    }

    /// Sets an environment variable on top of the inherited ones.
    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.env.push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// Runs in `dir` instead of the current directory.
    pub fn dir(mut self, dir: impl Into<PathBuf>) -> Self {
        self.dir = Some(dir.into());
        self
    }

    /// What the program reads from its standard input; nothing unless set.
    pub fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = input.into();
        self
    }

    /// How long [`Program::run`] waits before it kills the program and fails.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Runs the program to its end and returns what it wrote, whatever its exit status.
    ///
    /// Fails when it cannot be started or does not end in time; the error then has what it wrote so far.
    pub fn run(self) -> Result<Finished> {
        let scratch = tempfile::tempdir()?;
        let (out, err) = (scratch.path().join("out"), scratch.path().join("err"));
        let timeout = self.timeout;
        let described = self.described();
        let mut running = self.spawn(scratch.path(), &out, &err)?;
        let status = running.wait(timeout)?;
        running.kill();
        let read =
            |path: &Path| -> Result<String> { Ok(String::from_utf8_lossy(&fs::read(path)?).into_owned()) };
        let (stdout, stderr) = (read(&out)?, read(&err)?);
        match status {
            Some(status) => Ok(Finished { program: described, status, stdout, stderr }),
            None => bail!("`{described}` did not end within {timeout:?}\n{}{}", tail(&stdout), tail(&stderr)),
        }
    }

    /// Starts the program and leaves it running, its output going to the file `log`.
    pub fn start(self, log: &Path) -> Result<Running> {
        let scratch = tempfile::tempdir()?;
        self.spawn(scratch.path(), log, log)
    }

    fn described(&self) -> String {
        let words: Vec<_> = self.args.iter().map(|arg| arg.to_string_lossy()).collect();
        format!("{} {}", self.name.to_string_lossy(), words.join(" "))
    }

    fn spawn(self, scratch: &Path, out: &Path, err: &Path) -> Result<Running> {
        let input = scratch.join("in");
        fs::write(&input, &self.input)?;
        let appending = |path: &Path| -> Result<File> {
            File::options()
                .create(true)
                .append(true)
                .open(path)
                .with_context(|| format!("cannot open `{}`", path.display()))
        };
        let mut command = Command::new("sh");
        command.args(["-c", WATCHED, "sh"]).arg(&input).arg(&self.name).args(&self.args);
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        if let Some(dir) = &self.dir {
            command.current_dir(dir);
        }
        command.stdin(Stdio::piped()).stdout(appending(out)?).stderr(appending(err)?).process_group(0);
        let mut child = command.spawn().with_context(|| format!("cannot start `{}`", self.described()))?;
        // The watcher says when the program has its input open, so that the scratch directory may go.
        let pid = Pid::from_child(&child);
        let opened = wait_for(Duration::from_secs(10), || Ok(!input.exists() || child.try_wait()?.is_some()));
        let running = Running { described: self.described(), child, pid, log: out.to_owned() };
        opened?;
        Ok(running)
    }
}

/// A program that ended by itself.
#[derive(Clone, Debug)]
pub struct Finished {
    program: String,
    status: ExitStatus,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
}

impl Finished {
    /// Whether it ended with status 0.
    pub fn is_success(&self) -> bool {
        self.status.success()
    }

    /// Its exit status, or the negated number of the signal that ended it.
    pub fn code(&self) -> i32 {
        self.status.code().unwrap_or_else(|| -self.status.signal().unwrap_or(0))
    }

    /// Both outputs, for searching.
    pub fn output(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }

    /// Fails, with the output, unless it ended with status 0.
    pub fn success(self) -> Result<Self> {
        match self.is_success() {
            true => Ok(self),
            false => Err(anyhow!(
                "`{}` ended with {}\n{}{}",
                self.program,
                self.code(),
                tail(&self.stdout),
                tail(&self.stderr)
            )),
        }
    }
}

/// A program that runs until it ends, is killed, or this handle goes away.
#[derive(Debug)]
pub struct Running {
    described: String,
    child: Child,
    pid: Pid,
    log: PathBuf,
}

impl Running {
    /// Its process id, which is the program's own and not the watcher's.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has not ended yet.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Sends a signal to the program alone.
    pub fn signal(&self, signal: Signal) -> Result<()> {
        kill_process(self.pid, signal).with_context(|| format!("cannot signal `{}`", self.described))
    }

    /// Waits for its end; `None` when it has not come within `timeout`.
    pub fn wait(&mut self, timeout: Duration) -> Result<Option<ExitStatus>> {
        let deadline = Instant::now() + timeout;
        // Short waits first: most programs of a test end at once, and the long ones do not notice.
        let mut pause = Duration::from_millis(2);
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(Some(status));
            }
            if Instant::now() >= deadline {
                return Ok(None);
            }
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(50));
        }
    }

    /// Kills it and everything it started.
    pub fn kill(&mut self) {
        // Neither call can fail in a way that matters: what is already gone is what was asked for.
        let _ = kill_process_group(self.pid, Signal::KILL);
        let _ = self.child.wait();
    }

    /// The file its output goes to.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// The last lines of its output.
    pub fn log_tail(&self) -> String {
        tail(&fs::read_to_string(&self.log).unwrap_or_default())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Asks `done` again and again until it says yes, and fails when it has not within `timeout`.
pub fn wait_for(timeout: Duration, mut done: impl FnMut() -> Result<bool>) -> Result<()> {
    let deadline = Instant::now() + timeout;
    while !done()? {
        if Instant::now() >= deadline {
            bail!("nothing within {timeout:?}");
        }
        thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

/// A port of `address` that nobody listens on.
///
/// It is taken from below the range the kernel gives to outgoing connections, and never twice in one process. Another
/// process may still be faster, so whoever starts a server on it must be ready to try again.
pub fn free_port(address: IpAddr) -> Result<u16> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let start = std::process::id().wrapping_mul(2_654_435_761) >> 8;
    for _ in 0..PORTS {
        let offset = start.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % PORTS;
        let port = FIRST_PORT + u16::try_from(offset)?;
        if TcpListener::bind((address, port)).is_ok() {
            return Ok(port);
        }
    }
    bail!("no free port on `{address}`")
}

/// The last lines of a text, each on a line of its own and ended by a line break.
pub fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(TAIL_LINES);
    lines.iter().skip(from).map(|line| format!("{line}\n")).collect()
}

/// Reads `reader` to its end in the background, so that a child never blocks on a full pipe.
pub fn drain(mut reader: impl Read + Send + 'static, mut into: impl Write + Send + 'static) {
    thread::spawn(move || std::io::copy(&mut reader, &mut into));
}

/// Arguments: the file to read as standard input, which is removed once open, then the program and its arguments.
/// The shell becomes the program, so its process id is the program's and also the group's; 0 means that group.
const WATCHED: &str = r#"exec 3<&0
( cat <&3; kill -s KILL 0 ) >/dev/null 2>&1 &
exec <"$1" 3<&-
rm -f "$1"
shift
exec "$@""#;

const FIRST_PORT: u16 = 18_000;
const PORTS: u32 = 14_000;
const TAIL_LINES: usize = 40;

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn a_program_that_fails_is_an_error_with_its_output() {
        let failed = Program::new("sh").args(["-c", "echo why >&2; exit 3"]).run().unwrap();
        assert_eq!(failed.code(), 3);
        assert!(failed.success().unwrap_err().to_string().contains("why"));
    }

    #[test]
    fn a_program_that_does_not_exist_is_an_error() {
        let missing = Program::new("tidegate-no-such-program").run().unwrap();
        assert_eq!(missing.code(), 127);
    }

    #[test]
    fn a_program_that_takes_too_long_is_killed_with_its_children() {
        let scratch = tempfile::tempdir().unwrap();
        let pid = scratch.path().join("pid");
        let script = format!("sleep 600 & echo $! > {}; wait", pid.display());
        let late = Program::new("sh").args(["-c", &script]).timeout(Duration::from_millis(300)).run();
        assert!(late.unwrap_err().to_string().contains("did not end within"));
        let child: i32 = fs::read_to_string(&pid).unwrap().trim().parse().unwrap();
        wait_for(Duration::from_secs(5), || Ok(!is_alive(child))).unwrap();
    }

    #[test]
    fn dropping_the_handle_ends_the_program() {
        let log = tempfile::NamedTempFile::new().unwrap();
        let running = Program::new("sleep").arg("600").start(log.path()).unwrap();
        let pid = i32::try_from(running.pid()).unwrap();
        assert!(is_alive(pid));
        drop(running);
        assert!(!is_alive(pid));
    }

    #[test]
    fn ports_are_not_handed_out_twice() {
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let mut ports: Vec<u16> = (0..50).map(|_| free_port(address).unwrap()).collect();
        ports.sort_unstable();
        ports.dedup();
        assert_eq!(ports.len(), 50);
    }

    fn is_alive(pid: i32) -> bool {
        rustix::process::test_kill_process(Pid::from_raw(pid).unwrap()).is_ok()
    }
}
