//! `tidegate explain`: the verdict on one operation and why, or who can read a stream.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::{Value, json};
use tidegate_model::{
    Action, Bearing, Caller, Expected, Explanation, Mechanism, Operation, PrincipalName, Proof, Reader,
    Resource, ResourceKind, Saying, Subject, UnixMillis, WorkloadIdentity, decide, explain, readers,
};

use super::Exit;
use crate::bundle::Bundle;
use crate::output::{Format, Screen, Tone};

/// Say whether the policy allows an operation and why, or who can read a stream
#[derive(Args)]
#[command(after_help = "Examples:
  tidegate explain --principal billing-service --action write --topic orders.placed
  tidegate explain --principal ana --action purge --topic orders.placed --at 2026-11-21T23:00:00Z --amr mfa
  tidegate explain --readers orders.placed")]
pub(crate) struct Explain {
    /// The bundle's folder
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// List who can read this stream
    #[arg(long, value_name = "STREAM", conflicts_with_all = ["principal", "action", "resource"])]
    readers: Option<String>,
    /// Who acts
    #[arg(long, value_name = "NAME", required_unless_present = "readers", requires_all = ["action", "resource"])]
    principal: Option<String>,
    /// What is to be done, for example `read`, `write` or `describe`
    #[arg(long, value_name = "ACTION", requires = "principal", value_parser = parse_action)]
    action: Option<Action>,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    circumstances: Circumstances,
    /// Exit with 2 where the operation is refused
    #[arg(long)]
    exit_code: bool,
    /// How to print the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    output: Format,
}

#[derive(Args)]
#[group(id = "resource", multiple = false)]
struct Target {
    /// On this topic
    #[arg(long, value_name = "NAME", requires = "principal")]
    topic: Option<String>,
    /// On this consumer group
    #[arg(long, value_name = "NAME", requires = "principal")]
    group: Option<String>,
    /// On this transactional id
    #[arg(long, value_name = "NAME", requires = "principal")]
    transactional_id: Option<String>,
    /// On the cluster itself
    #[arg(long, requires = "principal")]
    cluster: bool,
}

#[derive(Args)]
#[command(next_help_heading = "Circumstances")]
struct Circumstances {
    /// On which cluster; the first of `tidegate.yaml` if left out
    #[arg(long, value_name = "CLUSTER")]
    on_cluster: Option<String>,
    /// Through which listener; the first of `tidegate.yaml` if left out
    #[arg(long, value_name = "LISTENER")]
    listener: Option<String>,
    /// When; now if left out
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    at: Option<UnixMillis>,
    /// From which network address
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    ip: IpAddr,
    /// How the principal proved itself
    #[arg(long, value_name = "MECHANISM", default_value = "mtls", value_parser = parse_mechanism)]
    mechanism: Mechanism,
    /// An authentication method of the token (`amr`); may be repeated
    #[arg(long, value_name = "METHOD")]
    amr: Vec<String>,
    /// A group of the token; may be repeated
    #[arg(long = "token-group", value_name = "GROUP")]
    groups: Vec<String>,
    /// The age of the credential, in seconds
    #[arg(long, value_name = "SECONDS")]
    credential_age: Option<u32>,
    /// The device posture that the token or certificate asserts
    #[arg(long, value_name = "POSTURE")]
    device_posture: Option<String>,
}

impl Explain {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Exit> {
        match &self.readers {
            Some(stream) => self.readers(stream, screen),
            None => self.verdict(screen),
        }
    }

    fn verdict(&self, screen: &mut Screen) -> Result<Exit> {
        let bundle = Bundle::read(&self.folder)?;
        let caller = self.circumstances.caller(self.principal.as_deref().unwrap_or_default(), &bundle)?;
        let snapshot = bundle.policy(&self.folder)?;
        let action = self.action.context("`--action` is missing")?;
        let resource =
            self.target.resource().context("name a topic, group, transactional id or the cluster")?;
        if !action.kinds().contains(&resource.kind) {
            let kinds: Vec<_> = action.kinds().iter().map(|kind| kind.as_str()).collect();
            bail!("`{}` is an action on: {}", action.as_str(), kinds.join(", "));
        }
        let operation = Operation::new(action, resource);
        let explanation = explain(snapshot, &caller, &operation, self.circumstances.moment()?);
        match self.output {
            Format::Json => screen.json(&verdict_as_json(&caller, &operation, &explanation))?,
            Format::Table => print_verdict(&caller, &operation, &explanation, screen)?,
        }
        let refused = explanation.verdict == Expected::Refuse;
        Ok(if refused && self.exit_code { Exit::Findings } else { Exit::Clean })
    }

    fn readers(&self, stream: &str, screen: &mut Screen) -> Result<Exit> {
        let bundle = Bundle::read(&self.folder)?;
        let cluster = self.circumstances.cluster(&bundle);
        let operation = Operation::new(Action::Read, Resource::topic(stream));
        let mut found = Vec::new();
        for reader in readers(bundle.policy(&self.folder)?, &cluster, stream, Action::Read) {
            for principal in &reader.principals {
                let caller = self.circumstances.caller(principal.as_str(), &bundle)?;
                let snapshot = bundle.policy(&self.folder)?;
                let decision = decide(snapshot, &caller, &operation, self.circumstances.moment()?);
                let told = decision.reasons.first().map(|reason| reason.text.to_string());
                let refusal = if decision.is_allow() { None } else { told };
                found.push((principal.to_string(), reader.clone(), refusal));
            }
            if reader.open_to_tokens {
                found.push(("whoever a token makes a member".to_owned(), reader, None));
            }
        }
        match self.output {
            Format::Json => screen.json(&found.iter().map(reader_as_json).collect::<Vec<_>>())?,
            Format::Table if found.is_empty() => {
                screen.line(format_args!("no grant lets anybody read `{stream}`"))?
            }
            Format::Table => {
                let row = |(principal, reader, refusal): &FoundReader| {
                    let grant = format!("{} ({})", reader.grant, reader.place);
                    let now = refusal.clone().unwrap_or_else(|| "allowed".to_owned());
                    vec![principal.clone(), subject_name(&reader.subject), grant, now]
                };
                screen.table(
                    &["principal", "granted to", "by", "here and now"],
                    found.iter().map(row).collect(),
                )?;
            }
        }
        Ok(Exit::Clean)
    }
}

/// Who can read, through which grant, and why not in these circumstances.
type FoundReader = (String, Reader, Option<String>);

fn subject_name(subject: &Subject) -> String {
    match subject {
        Subject::Principal(name) => name.to_string(),
        Subject::Group(name) => format!("group {name}"),
    }
}

fn reader_as_json((principal, reader, refusal): &FoundReader) -> Value {
    json!({
        "principal": principal,
        "granted_to": subject_name(&reader.subject),
        "grant": &*reader.grant,
        "file": &*reader.place.file,
        "line": reader.place.line,
        "allowed": refusal.is_none(),
        "reason": refusal,
    })
}

fn print_verdict(
    caller: &Caller,
    operation: &Operation<'_>,
    explanation: &Explanation<'_>,
    screen: &mut Screen,
) -> Result<()> {
    let tone = if explanation.verdict == Expected::Allow { Tone::Good } else { Tone::Bad };
    let verdict = screen.paint(tone, explanation.verdict.as_str());
    screen.line(format_args!("{verdict}: `{}` {operation}", caller.identity.principal))?;
    for reason in explanation.reasons.iter() {
        screen.line(format_args!("  {}", reason.text))?;
    }
    for considered in explanation.grants.iter().filter(|grant| grant.bearing != Bearing::OtherResources) {
        let (grant, bearing) = (considered.grant, considered.bearing.as_str());
        let line = format!("  grant `{}` ({}) {bearing}", grant.name, grant.place);
        screen.line(screen.paint(Tone::Quiet, line))?;
    }
    for considered in &explanation.guardrails {
        let saying = match &considered.saying {
            Saying::Forbids => "forbids it".to_owned(),
            Saying::Failed(error) => format!("cannot be evaluated: {error}"),
            Saying::Nothing | Saying::NotAsked => continue,
        };
        let line =
            format!("  guardrail `{}` ({}) {saying}", considered.guardrail.id, considered.guardrail.place);
        screen.line(screen.paint(Tone::Quiet, line))?;
    }
    Ok(())
}

fn verdict_as_json(caller: &Caller, operation: &Operation<'_>, explanation: &Explanation<'_>) -> Value {
    let reasons: Vec<_> = explanation
        .reasons
        .iter()
        .map(|reason| json!({ "class": reason.class.as_str(), "text": &*reason.text }))
        .collect();
    let grants: Vec<_> = explanation
        .grants
        .iter()
        .map(|considered| {
            let grant = considered.grant;
            json!({ "grant": &*grant.name, "place": grant.place.to_string(), "bearing": considered.bearing.as_str() })
        })
        .collect();
    json!({
        "principal": caller.identity.principal.as_str(),
        "action": operation.action.as_str(),
        "resource": { "kind": operation.resource.kind.as_str(), "name": operation.resource.name },
        "cluster": &*caller.cluster,
        "verdict": explanation.verdict.as_str(),
        "reasons": reasons,
        "grants": grants,
    })
}

impl Target {
    fn resource(&self) -> Option<Resource<'_>> {
        let named = [
            (ResourceKind::Topic, &self.topic),
            (ResourceKind::Group, &self.group),
            (ResourceKind::TransactionalId, &self.transactional_id),
        ];
        named
            .into_iter()
            .find_map(|(kind, name)| name.as_deref().map(|name| Resource { kind, name }))
            .or_else(|| self.cluster.then(Resource::cluster))
    }
}

impl Circumstances {
    fn moment(&self) -> Result<UnixMillis> {
        match self.at {
            Some(at) => Ok(at),
            None => crate::clock::now(),
        }
    }

    fn caller(&self, principal: &str, bundle: &Bundle) -> Result<Caller> {
        let principal = PrincipalName::new(principal).with_context(|| format!("`{principal}`"))?;
        let now = self.moment()?;
        let proof = Proof {
            credential_issued_at: self.credential_age.map(|age| UnixMillis(now.0 - i64::from(age) * 1000)),
            amr: self.amr.iter().cloned().collect(),
            groups: self.groups.iter().cloned().collect(),
            device_posture: self.device_posture.clone(),
            ..Proof::new(self.mechanism, now)
        };
        let config = bundle.config.as_ref();
        let first_listener =
            config.and_then(|config| config.listeners.first()).map(|listener| listener.name.clone());
        Ok(Caller {
            identity: WorkloadIdentity { principal, proof },
            cluster: self.cluster(bundle),
            listener: or_main(self.listener.as_deref(), first_listener),
            peer: self.ip,
        })
    }

    fn cluster(&self, bundle: &Bundle) -> Arc<str> {
        let config = bundle.config.as_ref();
        let first = config.and_then(|config| config.clusters.first()).map(|cluster| cluster.name.clone());
        or_main(self.on_cluster.as_deref(), first)
    }
}

fn or_main(given: Option<&str>, first: Option<Arc<str>>) -> Arc<str> {
    given.map(Arc::from).or(first).unwrap_or_else(|| Arc::from("main"))
}

fn parse_action(name: &str) -> Result<Action, String> {
    Action::from_name(name).ok_or_else(|| {
        let names: Vec<_> = Action::ALL.iter().map(|action| action.as_str()).collect();
        format!("unknown action; known are {}", names.join(", "))
    })
}

fn parse_mechanism(name: &str) -> Result<Mechanism, String> {
    MECHANISMS.into_iter().find(|mechanism| mechanism.as_str() == name).ok_or_else(|| {
        format!("unknown mechanism; known are {}", MECHANISMS.map(Mechanism::as_str).join(", "))
    })
}

fn parse_time(text: &str) -> Result<UnixMillis, String> {
    text.parse::<jiff::Timestamp>()
        .map(|time| UnixMillis(time.as_millisecond()))
        .map_err(|_| "not a time; write it like `2026-01-07T12:00:00Z`".to_owned())
}

const MECHANISMS: [Mechanism; 5] = [
    Mechanism::Mtls,
    Mechanism::Plain,
    Mechanism::ScramSha256,
    Mechanism::ScramSha512,
    Mechanism::OauthBearer,
];
