//! The operator's interface: a local socket for commands, and plain HTTP for metrics and health.
//!
//! The socket has mode 0600, so whoever may open it is who the gateway runs as, or root. The HTTP address changes nothing and
//! tells no names of principals.

mod client;
mod http;
mod status;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use tokio::net::{TcpListener, UnixListener};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

pub use client::{AdminClient, AdminError};
pub use status::{ClusterStatus, ListenerStatus, NodeStatus, RevokeReport, RevokeRequest, Status};

use crate::gateway::Control;

/// Opens both interfaces and serves them.
pub(crate) async fn serve(control: &Control, tasks: &mut JoinSet<()>) -> Result<(), Vec<String>> {
    let config = &control.shared.config.admin;
    let socket = open_socket(&config.socket)
        .map_err(|error| vec![format!("admin socket `{}`: {error}", config.socket.display())])?;
    let (own, limit) = (control.clone(), Arc::new(Semaphore::new(MAX_CONNECTIONS)));
    tasks.spawn(async move {
        loop {
            let Ok(permit) = Arc::clone(&limit).acquire_owned().await else { return };
            let Ok((stream, _)) = socket.accept().await else {
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            };
            let control = own.clone();
            tokio::spawn(async move {
                http::serve(stream, http::Interface::Admin(control)).await;
                drop(permit);
            });
        }
    });
    let Some(address) = config.http else { return Ok(()) };
    let socket = TcpListener::bind(address)
        .await
        .map_err(|error| vec![format!("`admin.http`: cannot listen on {address}: {error}")])?;
    let (own, limit) = (control.clone(), Arc::new(Semaphore::new(MAX_CONNECTIONS)));
    tasks.spawn(async move {
        loop {
            let Ok(permit) = Arc::clone(&limit).acquire_owned().await else { return };
            let Ok((stream, _)) = socket.accept().await else {
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            };
            let control = own.clone();
            tokio::spawn(async move {
                http::serve(stream, http::Interface::Monitoring(control)).await;
                drop(permit);
            });
        }
    });
    Ok(())
}

/// A socket at `path` that only its owner may use. It gets its name once it has its mode.
fn open_socket(path: &Path) -> std::io::Result<UnixListener> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    if std::os::unix::net::UnixStream::connect(path).is_ok() {
        return Err(std::io::Error::other("another gateway is using it"));
    }
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let _ = fs::remove_file(&new);
    let socket = UnixListener::bind(&new)?;
    fs::set_permissions(&new, fs::Permissions::from_mode(0o600))?;
    fs::rename(&new, path)?;
    Ok(socket)
}

/// Takes the socket's name away when the gateway ends.
pub(crate) fn remove_socket(path: &Path) {
    // It may be gone already.
    let _ = fs::remove_file(path);
}

/// Connections to each interface at a time.
const MAX_CONNECTIONS: usize = 64;

/// How long nothing is accepted after accepting failed, mostly for want of file descriptors.
const ACCEPT_PAUSE: std::time::Duration = std::time::Duration::from_millis(50);
