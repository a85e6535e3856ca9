//! Asks a node which others it knows, in Kafka's own protocol and without any client library.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// How many brokers the node at `address` can name to its clients.
pub(super) fn registered(address: SocketAddr, login: Option<(&str, &str)>) -> Result<usize> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    if let Some((name, password)) = login {
        let mut mechanism = Vec::new();
        put_string(&mut mechanism, "PLAIN")?;
        ask(&mut stream, SASL_HANDSHAKE, 1, &mechanism)?;
        let message = format!("\0{name}\0{password}");
        let mut authenticate = i32::try_from(message.len())?.to_be_bytes().to_vec();
        authenticate.extend(message.as_bytes());
        let answer = ask(&mut stream, SASL_AUTHENTICATE, 0, &authenticate)?;
        if answer.first_chunk::<2>() != Some(&[0, 0]) {
            bail!("the node refused the login");
        }
    }
    // Version 1 with no topics. The answer starts with the brokers' count.
    let answer = ask(&mut stream, METADATA, 1, &0_i32.to_be_bytes())?;
    let count = answer.first_chunk::<4>().context("the answer is too short")?;
    Ok(usize::try_from(i32::from_be_bytes(*count))?)
}

fn ask(stream: &mut TcpStream, key: i16, version: i16, body: &[u8]) -> Result<Vec<u8>> {
    let mut request = Vec::new();
    request.extend(key.to_be_bytes());
    request.extend(version.to_be_bytes());
    request.extend(CORRELATION.to_be_bytes());
    put_string(&mut request, "testkit-probe")?;
    request.extend(body);
    stream.write_all(&i32::try_from(request.len())?.to_be_bytes())?;
    stream.write_all(&request)?;
    let mut length = [0; 4];
    stream.read_exact(&mut length)?;
    let length = u32::from_be_bytes(length);
    if length > 1 << 20 {
        bail!("an answer of {length} bytes");
    }
    let mut answer = vec![0; usize::try_from(length)?];
    stream.read_exact(&mut answer)?;
    let (correlation, rest) = answer.split_first_chunk::<4>().context("the answer is too short")?;
    if *correlation != CORRELATION.to_be_bytes() {
        bail!("an answer to another question");
    }
    Ok(rest.to_vec())
}

fn put_string(into: &mut Vec<u8>, text: &str) -> Result<()> {
    into.extend(i16::try_from(text.len())?.to_be_bytes());
    into.extend(text.as_bytes());
    Ok(())
}

const METADATA: i16 = 3;
const SASL_HANDSHAKE: i16 = 17;
const SASL_AUTHENTICATE: i16 = 36;
const CORRELATION: i32 = 77;
const PATIENCE: Duration = Duration::from_secs(2);
