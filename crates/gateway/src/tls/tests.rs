use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::{ClientConfig, HandshakeKind, NamedGroup, ProtocolVersion};
use rustls_pki_types::ServerName;
use tempfile::TempDir;
use tidegate_model::UnixMillis;
use tidegate_testkit::pki::{Authority, Identity, Subject, Validity};
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio_rustls::{TlsConnector, client};

use super::*;
use crate::config::{
    CertificateFiles, ClientCertificates, ClientTrust, ListenerTls, TlsVersion, UpstreamTls,
};

const SPIFFE: &str = "spiffe://prod.test/ns/shop/sa/orders";

/// A folder with an authority of servers, an authority of clients, and the files of a listener.
struct Site {
    folder: TempDir,
    servers: Authority,
    clients: Authority,
}

impl Site {
    fn new() -> Self {
        let site = Self {
            folder: tempfile::tempdir().unwrap(),
            servers: Authority::new("Servers").unwrap(),
            clients: Authority::new("Clients").unwrap(),
        };
        site.renew_server();
        site.clients.write(site.path("clients.crt")).unwrap();
        site.revoke(&site.clients.revoke(&[]).unwrap());
        site
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn renew_server(&self) {
        self.servers.server(&["localhost"]).unwrap().write(self.folder.path(), "server").unwrap();
    }

    fn revoke(&self, list: &str) {
        std::fs::write(self.path("clients.crl"), list).unwrap();
    }

    fn certificate(&self, name: &str) -> CertificateFiles {
        let file = |extension: &str| self.path(&format!("{name}.{extension}"));
        CertificateFiles { certificate: file("crt"), key: file("key") }
    }

    fn trust(&self) -> ClientTrust {
        ClientTrust { ca: self.path("clients.crt"), crls: vec![self.path("clients.crl")] }
    }

    fn listener(&self, clients: ClientCertificates) -> ListenerTls {
        ListenerTls { certificate: self.certificate("server"), clients, oldest_version: TlsVersion::Tls12 }
    }

    fn required(&self) -> ServerTls {
        ServerTls::load(&self.listener(ClientCertificates::Required(self.trust()))).unwrap()
    }

    fn orders(&self) -> Identity {
        self.clients.client(&Subject::spiffe(SPIFFE)).unwrap()
    }

    fn client(&self, identity: Option<&Identity>) -> Arc<ClientConfig> {
        self.servers.client_config(identity).unwrap()
    }

    fn client_of_version(&self, version: &'static rustls::SupportedProtocolVersion) -> Arc<ClientConfig> {
        let roots = files::roots(&self.path("x"), std::slice::from_ref(self.servers.der())).unwrap();
        let config = ClientConfig::builder_with_provider(provider())
            .with_protocol_versions(&[version])
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        Arc::new(config)
    }
}

type Connected = (Accepted<DuplexStream>, client::TlsStream<DuplexStream>);

/// A handshake in memory, carried far enough that the client knows the server's opinion of its certificate.
async fn handshake(server: &ServerTls, config: Arc<ClientConfig>) -> Result<Connected, io::Error> {
    let (near, far) = tokio::io::duplex(64 * 1024);
    let name = ServerName::try_from("localhost").unwrap();
    let client = async {
        let mut stream = TlsConnector::from(config).connect(name, near).await?;
        stream.write_all(b"ping").await?;
        Ok::<_, io::Error>(stream)
    };
    let (accepted, client) = tokio::join!(server.accept(far), client);
    let mut accepted = accepted?;
    let mut client = client?;
    let mut ping = [0; 4];
    accepted.stream.read_exact(&mut ping).await?;
    // Whatever tickets there were have arrived before this answer.
    accepted.stream.write_all(b"pong").await?;
    client.read_exact(&mut ping).await?;
    Ok((accepted, client))
}

async fn refused(server: &ServerTls, config: Arc<ClientConfig>) -> HandshakeRefusal {
    match handshake(server, config).await {
        Ok(_) => panic!("the handshake was accepted"),
        Err(error) => HandshakeRefusal::of(&error),
    }
}

fn now() -> UnixMillis {
    UnixMillis(i64::try_from(tidegate_testkit::oauth::unix_now()).unwrap() * 1000)
}

#[tokio::test]
async fn a_client_of_the_authority_is_accepted_and_known() {
    let site = Site::new();
    let orders = site.orders();
    let (accepted, client) = handshake(&site.required(), site.client(Some(&orders))).await.unwrap();
    let peer = accepted.peer.unwrap();
    assert_eq!(peer.leaf(), orders.chain()[0].as_ref());
    assert_eq!(client.get_ref().1.protocol_version(), Some(ProtocolVersion::TLSv1_3));
    let group = client.get_ref().1.negotiated_key_exchange_group().unwrap().name();
    assert_eq!(group, NamedGroup::X25519MLKEM768);
}

#[tokio::test]
async fn every_other_client_is_refused_where_a_certificate_is_required() {
    let site = Site::new();
    let server = site.required();
    let stranger = Authority::new("Clients").unwrap().client(&Subject::spiffe(SPIFFE)).unwrap();
    let expired = site.clients.client(&Subject::spiffe(SPIFFE).validity(Validity::Expired)).unwrap();
    let future = site.clients.client(&Subject::spiffe(SPIFFE).validity(Validity::Future)).unwrap();
    let of_servers = site.servers.client(&Subject::spiffe(SPIFFE)).unwrap();
    for (case, identity, expected) in [
        ("no certificate", None, HandshakeRefusal::NoCertificate),
        ("an authority of the same name", Some(&stranger), HandshakeRefusal::BadCertificate),
        ("the servers' authority", Some(&of_servers), HandshakeRefusal::UnknownAuthority),
        ("expired", Some(&expired), HandshakeRefusal::OutsideValidity),
        ("not yet valid", Some(&future), HandshakeRefusal::OutsideValidity),
    ] {
        assert_eq!(refused(&server, site.client(identity)).await, expected, "{case}");
    }
}

#[tokio::test]
async fn an_optional_certificate_is_judged_as_strictly_once_presented() {
    let site = Site::new();
    let server = ServerTls::load(&site.listener(ClientCertificates::Optional(site.trust()))).unwrap();
    let (accepted, _) = handshake(&server, site.client(None)).await.unwrap();
    assert_eq!(accepted.peer, None);
    assert!(handshake(&server, site.client(Some(&site.orders()))).await.unwrap().0.peer.is_some());
    let stranger = site.servers.client(&Subject::spiffe(SPIFFE)).unwrap();
    assert_eq!(refused(&server, site.client(Some(&stranger))).await, HandshakeRefusal::UnknownAuthority);
}

#[tokio::test]
async fn a_certificate_nobody_asked_for_is_not_seen() {
    let site = Site::new();
    let server = ServerTls::load(&site.listener(ClientCertificates::NotAsked)).unwrap();
    let (accepted, _) = handshake(&server, site.client(Some(&site.orders()))).await.unwrap();
    assert_eq!(accepted.peer, None);
}

#[tokio::test]
async fn a_revoked_certificate_is_refused_and_its_live_connection_no_longer_trusted() {
    let site = Site::new();
    let server = site.required();
    let (orders, payouts) = (site.orders(), site.orders());
    let (accepted, _alive) = handshake(&server, site.client(Some(&orders))).await.unwrap();
    let (other, _) = handshake(&server, site.client(Some(&payouts))).await.unwrap();
    let (peer, other) = (accepted.peer.unwrap(), other.peer.unwrap());
    assert_eq!(server.still_trusted(&peer, now()), Ok(()));

    site.revoke(&site.clients.revoke(&[&orders]).unwrap());
    assert_eq!(server.still_trusted(&peer, now()), Ok(()), "nothing changes before the files are read");
    assert_eq!(server.reload(), Ok(Reloaded::Changed));
    let refusal = server.still_trusted(&peer, now()).unwrap_err().refusal();
    assert_eq!(refusal, HandshakeRefusal::Revoked);
    assert_eq!(server.still_trusted(&other, now()), Ok(()));
    assert_eq!(refused(&server, site.client(Some(&orders))).await, HandshakeRefusal::Revoked);
    assert!(handshake(&server, site.client(Some(&payouts))).await.is_ok());
}

#[tokio::test]
async fn a_handshake_that_began_before_a_revocation_does_not_outlive_it() {
    let site = Site::new();
    let server = site.required();
    let orders = site.orders();
    let (near, far) = tokio::io::duplex(64 * 1024);
    let mut accepting = Box::pin(server.accept(far));
    // Begun, and waiting for the client's first bytes.
    tokio::select! {
        biased;
        _ = &mut accepting => panic!("accepted nobody"),
        () = std::future::ready(()) => {}
    }
    site.revoke(&site.clients.revoke(&[&orders]).unwrap());
    assert_eq!(server.reload(), Ok(Reloaded::Changed));
    let name = ServerName::try_from("localhost").unwrap();
    let connecting = TlsConnector::from(site.client(Some(&orders))).connect(name, near);
    let (accepted, _connected) = tokio::join!(accepting, connecting);
    let Err(error) = accepted else { panic!("accepted") };
    assert_eq!(HandshakeRefusal::of(&error), HandshakeRefusal::Revoked);
}

#[tokio::test]
async fn without_a_current_revocation_list_no_certificate_is_good() {
    let site = Site::new();
    let orders = site.orders();
    let server = site.required();
    let (accepted, _) = handshake(&server, site.client(Some(&orders))).await.unwrap();
    for (case, list) in [
        ("expired", site.clients.revocation_list(&[], Validity::Expired).unwrap()),
        ("of another authority", site.servers.revoke(&[]).unwrap()),
    ] {
        site.revoke(&list);
        server.reload().unwrap();
        let client = site.client(Some(&orders));
        assert_eq!(refused(&server, client).await, HandshakeRefusal::RevocationUnknown, "{case}");
        let refusal = server.still_trusted(accepted.peer.as_ref().unwrap(), now()).unwrap_err().refusal();
        assert_eq!(refusal, HandshakeRefusal::RevocationUnknown, "{case}");
    }
}

#[tokio::test]
async fn every_authority_of_a_chain_needs_its_revocation_list() {
    let site = Site::new();
    let intermediate = site.clients.intermediate("Team").unwrap();
    let orders = intermediate.client(&Subject::spiffe(SPIFFE)).unwrap();
    let server = site.required();
    assert_eq!(refused(&server, site.client(Some(&orders))).await, HandshakeRefusal::RevocationUnknown);
    let lists = [site.clients.revoke(&[]).unwrap(), intermediate.revoke(&[]).unwrap()].concat();
    site.revoke(&lists);
    server.reload().unwrap();
    assert!(handshake(&server, site.client(Some(&orders))).await.is_ok());
}

#[tokio::test]
async fn an_authority_taken_away_ends_trust_in_its_live_connections() {
    let site = Site::new();
    let server = site.required();
    let orders = site.orders();
    let (accepted, _alive) = handshake(&server, site.client(Some(&orders))).await.unwrap();
    let others = Authority::new("Others").unwrap();
    others.write(site.path("clients.crt")).unwrap();
    site.revoke(&others.revoke(&[]).unwrap());
    assert_eq!(server.reload(), Ok(Reloaded::Changed));
    let refusal = server.still_trusted(&accepted.peer.unwrap(), now()).unwrap_err().refusal();
    assert_eq!(refusal, HandshakeRefusal::UnknownAuthority);
    assert_eq!(refused(&server, site.client(Some(&orders))).await, HandshakeRefusal::UnknownAuthority);
}

#[tokio::test]
async fn a_live_connection_is_no_longer_trusted_once_its_certificate_has_ended() {
    let site = Site::new();
    let server = ServerTls::load(&site.listener(ClientCertificates::Required(ClientTrust {
        ca: site.path("clients.crt"),
        crls: Vec::new(),
    })))
    .unwrap();
    let (accepted, _) = handshake(&server, site.client(Some(&site.orders()))).await.unwrap();
    let peer = accepted.peer.unwrap();
    assert_eq!(server.still_trusted(&peer, now()), Ok(()));
    let in_two_days = UnixMillis(now().0 + 2 * 24 * 3600 * 1000);
    let refusal = server.still_trusted(&peer, in_two_days).unwrap_err().refusal();
    assert_eq!(refusal, HandshakeRefusal::OutsideValidity);
    let long_ago = UnixMillis(-1);
    assert!(server.still_trusted(&peer, long_ago).is_err());
}

#[tokio::test]
async fn no_handshake_is_ever_resumed() {
    let site = Site::new();
    let server = site.required();
    let orders = site.orders();
    // The same configuration each time, so that the client has whatever it could resume with.
    let config = site.client(Some(&orders));
    for _ in 0..3 {
        let (accepted, client) = handshake(&server, Arc::clone(&config)).await.unwrap();
        let resumed = Some(HandshakeKind::Resumed);
        assert_ne!(accepted.stream.get_ref().1.handshake_kind(), resumed);
        assert_ne!(client.get_ref().1.handshake_kind(), resumed);
        assert_eq!(client.get_ref().1.tls13_tickets_received(), 0);
    }
    site.revoke(&site.clients.revoke(&[&orders]).unwrap());
    server.reload().unwrap();
    assert_eq!(refused(&server, config).await, HandshakeRefusal::Revoked);
}

#[tokio::test]
async fn tls_1_2_is_accepted_without_resumption_and_can_be_turned_off() {
    let site = Site::new();
    let mut settings = site.listener(ClientCertificates::NotAsked);
    let server = ServerTls::load(&settings).unwrap();
    let config = site.client_of_version(&rustls::version::TLS12);
    for _ in 0..3 {
        let (accepted, client) = handshake(&server, Arc::clone(&config)).await.unwrap();
        let connection = accepted.stream.get_ref().1;
        assert_eq!(connection.protocol_version(), Some(ProtocolVersion::TLSv1_2));
        assert_eq!(connection.handshake_kind(), Some(HandshakeKind::Full));
        assert_eq!(client.get_ref().1.handshake_kind(), Some(HandshakeKind::Full));
    }
    settings.oldest_version = TlsVersion::Tls13;
    let server = ServerTls::load(&settings).unwrap();
    assert_eq!(refused(&server, config).await, HandshakeRefusal::Incompatible);
    assert!(handshake(&server, site.client_of_version(&rustls::version::TLS13)).await.is_ok());
}

#[test]
fn every_suite_has_forward_secrecy() {
    let site = Site::new();
    let server = site.required();
    let config = server.config();
    assert!(!config.crypto_provider().cipher_suites.is_empty());
    for suite in &config.crypto_provider().cipher_suites {
        let name = format!("{:?}", suite.suite());
        assert!(name.starts_with("TLS13_") || name.starts_with("TLS_ECDHE_"), "{name}");
        assert!(name.contains("GCM") || name.contains("POLY1305"), "{name}");
    }
    assert_eq!(config.send_tls13_tickets, 0);
    assert_eq!(config.max_early_data_size, 0);
    assert!(!config.ticketer.enabled());
    assert!(!config.session_storage.can_cache());
    assert!(config.alpn_protocols.is_empty());
}

#[tokio::test]
async fn a_renewed_certificate_serves_new_connections_and_drops_no_old_one() {
    let site = Site::new();
    let server = ServerTls::load(&site.listener(ClientCertificates::NotAsked)).unwrap();
    let config = site.client(None);
    let (mut old, mut old_client) = handshake(&server, Arc::clone(&config)).await.unwrap();
    assert_eq!(server.reload(), Ok(Reloaded::Unchanged));
    site.renew_server();
    assert_eq!(server.reload(), Ok(Reloaded::Changed));
    let (_, new_client) = handshake(&server, config).await.unwrap();
    let shown = |client: &client::TlsStream<DuplexStream>| {
        client.get_ref().1.peer_certificates().unwrap()[0].clone().into_owned()
    };
    assert_ne!(shown(&old_client), shown(&new_client));
    assert_eq!(new_client.get_ref().1.handshake_kind(), Some(HandshakeKind::Full));
    old.stream.write_all(b"still here").await.unwrap();
    let mut answer = [0; 10];
    old_client.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"still here");
}

#[tokio::test]
async fn files_that_cannot_be_used_leave_the_old_ones_in_force() {
    let site = Site::new();
    let server = site.required();
    let orders = site.orders();
    let other = site.servers.server(&["localhost"]).unwrap();
    let not_a_list = site.clients.pem();
    for (case, file, content) in [
        ("no certificate", "server.crt", ""),
        (
            "a broken certificate",
            "server.crt",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ),
        ("not base64", "server.crt", "-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----\n"),
        ("another certificate's key", "server.key", &other.key_pem()),
        ("no key", "server.key", &other.chain_pem()),
        ("no authority", "clients.crt", "nothing"),
        (
            "an authority that is none",
            "clients.crt",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ),
        ("no revocation list", "clients.crl", &not_a_list),
        (
            "a broken revocation list",
            "clients.crl",
            "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n",
        ),
        ("a broken bare revocation list", "clients.crl", "0000"),
    ] {
        let before = std::fs::read(site.path(file)).unwrap();
        std::fs::write(site.path(file), content).unwrap();
        let error = server.reload().unwrap_err();
        assert!(!error.to_string().is_empty(), "{case}");
        assert!(handshake(&server, site.client(Some(&orders))).await.is_ok(), "{case}: {error}");
        std::fs::write(site.path(file), before).unwrap();
    }
    std::fs::remove_file(site.path("clients.crl")).unwrap();
    let error = server.reload().unwrap_err().to_string();
    assert!(error.contains("clients.crl"), "{error}");
}

#[test]
fn ends_are_known_for_monitoring() {
    let site = Site::new();
    let server = site.required();
    let day = 24 * 3600 * 1000;
    let soon = |at: UnixMillis| (now().0 + day - 60_000..now().0 + day + 60_000).contains(&at.0);
    assert!(soon(server.certificate_expires_at()));
    assert!(soon(server.revocations_end_at().unwrap()));
}

#[tokio::test]
async fn a_peer_that_does_not_speak_tls_is_a_protocol_error() {
    let site = Site::new();
    let server = site.required();
    let (mut near, far) = tokio::io::duplex(1024);
    near.write_all(b"\x00\x00\x00\x10\x00\x12\x00\x03\x00\x00\x00\x01").await.unwrap();
    let Err(error) = server.accept(far).await else { panic!("accepted") };
    assert_eq!(HandshakeRefusal::of(&error), HandshakeRefusal::Protocol);

    let (near, far) = tokio::io::duplex(1024);
    drop(near);
    let Err(error) = server.accept(far).await else { panic!("accepted") };
    assert_eq!(HandshakeRefusal::of(&error), HandshakeRefusal::BrokenOff);
}

/// A broker, played by the gateway's own server side, and the settings to reach it.
struct Broker {
    site: Site,
    server: ServerTls,
}

impl Broker {
    fn new() -> Self {
        let site = Site::new();
        site.servers.write(site.path("servers.crt")).unwrap();
        site.orders().write(site.folder.path(), "gateway").unwrap();
        let server = site.required();
        Self { site, server }
    }

    fn settings(&self) -> UpstreamTls {
        UpstreamTls {
            ca: self.site.path("servers.crt"),
            server_name: None,
            client_certificate: Some(self.site.certificate("gateway")),
        }
    }

    async fn reach(&self, client: &ClientTls, host: &str) -> Result<HandshakeKind, io::Error> {
        let (near, far) = tokio::io::duplex(64 * 1024);
        let connected = async {
            let mut stream = client.connect(host, near).await?;
            stream.write_all(b"ping").await?;
            Ok::<_, io::Error>(stream)
        };
        let (accepted, connected) = tokio::join!(self.server.accept(far), connected);
        let connected = connected?;
        accepted?;
        Ok(connected.get_ref().1.handshake_kind().unwrap())
    }
}

#[tokio::test]
async fn brokers_are_reached_with_the_gateways_certificate() {
    let broker = Broker::new();
    let client = ClientTls::load(&broker.settings()).unwrap();
    assert!(broker.reach(&client, "localhost").await.is_ok());
    assert!(client.certificate_expires_at().is_some());
    let named = UpstreamTls { server_name: Some("localhost".to_owned()), ..broker.settings() };
    assert!(broker.reach(&ClientTls::load(&named).unwrap(), "10.1.2.3").await.is_ok());
}

#[tokio::test]
async fn brokers_that_are_not_who_they_should_be_are_refused() {
    let broker = Broker::new();
    let client = ClientTls::load(&broker.settings()).unwrap();
    assert!(broker.reach(&client, "broker.example").await.is_err(), "another name");
    assert!(broker.reach(&client, "127.0.0.1").await.is_err(), "another address");
    assert!(broker.reach(&client, "not a host").await.is_err());
    let anonymous = UpstreamTls { client_certificate: None, ..broker.settings() };
    assert!(broker.reach(&ClientTls::load(&anonymous).unwrap(), "localhost").await.is_err());

    Authority::new("Others").unwrap().write(broker.site.path("servers.crt")).unwrap();
    assert_eq!(client.reload(), Ok(Reloaded::Changed));
    assert!(broker.reach(&client, "localhost").await.is_err(), "another authority");
}

#[tokio::test]
async fn upstream_files_are_read_again_and_bad_ones_left_alone() {
    let broker = Broker::new();
    let client = ClientTls::load(&broker.settings()).unwrap();
    assert_eq!(client.reload(), Ok(Reloaded::Unchanged));
    broker.site.orders().write(broker.site.folder.path(), "gateway").unwrap();
    assert_eq!(client.reload(), Ok(Reloaded::Changed));
    assert!(broker.reach(&client, "localhost").await.is_ok());
    std::fs::write(broker.site.path("gateway.key"), "nothing").unwrap();
    assert!(client.reload().is_err());
    assert!(broker.reach(&client, "localhost").await.is_ok());
    let bad_name = UpstreamTls { server_name: Some("not a host".to_owned()), ..broker.settings() };
    assert!(ClientTls::load(&bad_name).is_err());
}

#[tokio::test]
async fn sessions_with_brokers_are_resumed_until_the_files_change() {
    let broker = Broker::new();
    let client = ClientTls::load(&UpstreamTls { client_certificate: None, ..broker.settings() }).unwrap();
    let own = files::KeyedChain::read(&broker.site.certificate("server")).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(own.chain, own.key)
        .unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let reach = async || {
        let (near, far) = tokio::io::duplex(64 * 1024);
        let (accepted, connected) = tokio::join!(acceptor.accept(far), client.connect("localhost", near));
        let (mut accepted, mut connected) = (accepted.unwrap(), connected.unwrap());
        // Tickets come with the first bytes from the server.
        accepted.write_all(b"ping").await.unwrap();
        connected.read_exact(&mut [0; 4]).await.unwrap();
        connected.get_ref().1.handshake_kind()
    };
    let _ = reach().await;
    assert_eq!(reach().await, Some(HandshakeKind::Resumed));
    let authorities = [broker.site.servers.pem(), Authority::new("Others").unwrap().pem()].concat();
    std::fs::write(broker.site.path("servers.crt"), authorities).unwrap();
    assert_eq!(client.reload(), Ok(Reloaded::Changed));
    assert_ne!(reach().await, Some(HandshakeKind::Resumed));
}
