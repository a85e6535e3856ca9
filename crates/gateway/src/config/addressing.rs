//! How clients of a listener reach each broker node: by port or by name.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::parse_node_id;
use super::document::{Node, Problems, Section};
use super::reading::Reading;

/// How a listener tells broker nodes apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addressing {
    /// One port per node, all under one host name.
    Ports {
        /// The host name clients are told.
        advertise: String,
        /// The port for first contact.
        bootstrap: u16,
        /// Node id to port.
        nodes: BTreeMap<i32, u16>,
    },
    /// One port; the name a client asks for in its TLS handshake says which node it means.
    Names {
        /// The port.
        port: u16,
        /// The name for first contact.
        bootstrap: String,
        /// Node id to name.
        nodes: BTreeMap<i32, String>,
    },
}

impl Addressing {
    /// The ports to listen on, each with the node it stands for; `None` for first contact.
    pub fn ports(&self) -> Vec<(u16, Option<i32>)> {
        match self {
            Self::Ports { bootstrap, nodes, .. } => {
                let nodes = nodes.iter().map(|(id, port)| (*port, Some(*id)));
                std::iter::once((*bootstrap, None)).chain(nodes).collect()
            }
            Self::Names { port, .. } => vec![(*port, None)],
        }
    }

    /// What clients are told: node id, host and port.
    pub fn advertised(&self) -> Vec<(i32, String, u16)> {
        match self {
            Self::Ports { advertise, nodes, .. } => {
                nodes.iter().map(|(id, port)| (*id, advertise.clone(), *port)).collect()
            }
            Self::Names { port, nodes, .. } => {
                nodes.iter().map(|(id, name)| (*id, name.clone(), *port)).collect()
            }
        }
    }

    pub(super) fn node_ids(&self) -> BTreeSet<i32> {
        match self {
            Self::Ports { nodes, .. } => nodes.keys().copied().collect(),
            Self::Names { nodes, .. } => nodes.keys().copied().collect(),
        }
    }
}

pub(super) fn read_addressing(
    section: &mut Section<'_>,
    reading: &Reading<'_>,
    problems: &mut Problems,
) -> Option<Addressing> {
    match (section.take("ports"), section.take("sni")) {
        (Some(node), None) => {
            let advertise = section
                .require("advertise", "add `advertise:`, the host name clients connect to", problems)
                .and_then(|node| reading.host(node, problems));
            read_ports(node, advertise, problems)
        }
        (None, Some(node)) => {
            if let Some(node) = section.take("advertise") {
                problems.add(
                    node.place,
                    "`advertise` has no meaning beside `sni`",
                    "remove it: `sni` has the names",
                );
            }
            read_names(node, reading, problems)
        }
        (Some(node), Some(_)) => {
            problems.add(node.place, "`ports` and `sni` exclude each other", "remove one of them");
            None
        }
        (None, None) => {
            let fix =
                "add `ports: { bootstrap: 9092, nodes: { 1: 9093 } }`, or `sni:` with one name per node";
            problems.add(section.place(), "nothing says how clients reach each broker", fix);
            None
        }
    }
}

fn read_ports(node: &Node, advertise: Option<String>, problems: &mut Problems) -> Option<Addressing> {
    let mut section = node.section("ports", problems)?;
    let bootstrap = section
        .require("bootstrap", "add the port for first contact", problems)
        .and_then(|node| port(node, problems));
    let nodes = read_node_map(&mut section, problems, port);
    section.finish(problems);
    Some(Addressing::Ports { advertise: advertise?, bootstrap: bootstrap?, nodes: nodes? })
}

fn read_names(node: &Node, reading: &Reading<'_>, problems: &mut Problems) -> Option<Addressing> {
    let mut section = node.section("sni", problems)?;
    let port =
        section.require("port", "add the port to listen on", problems).and_then(|node| port(node, problems));
    let name = |node: &Node, problems: &mut Problems| {
        reading.host(node, problems).map(|name| name.to_ascii_lowercase())
    };
    let bootstrap = section
        .require("bootstrap", "add the name for first contact", problems)
        .and_then(|node| name(node, problems));
    let place = section.place();
    let nodes = read_node_map(&mut section, problems, name);
    section.finish(problems);
    let (bootstrap, nodes) = (bootstrap?, nodes?);
    let distinct: BTreeSet<&String> = nodes.values().chain([&bootstrap]).collect();
    if distinct.len() != nodes.len() + 1 {
        problems.add(
            place,
            "one name stands for two nodes",
            "give each node, and first contact, its own name",
        );
    }
    Some(Addressing::Names { port: port?, bootstrap, nodes })
}

fn read_node_map<T>(
    section: &mut Section<'_>,
    problems: &mut Problems,
    mut read: impl FnMut(&Node, &mut Problems) -> Option<T>,
) -> Option<BTreeMap<i32, T>> {
    let node = section.require("nodes", "add `nodes:` with one entry per broker", problems)?;
    let mut nodes = BTreeMap::new();
    let mut all_read = true;
    for (key, value) in node.entries("`nodes`", problems)? {
        let id =
            key.parse("node id", "the broker's `node.id`, a whole number from 0", problems, parse_node_id);
        let (Some(id), Some(value)) = (id, read(value, problems)) else {
            all_read = false;
            continue;
        };
        if nodes.insert(id, value).is_some() {
            problems.add(key.place, format!("node {id} is listed twice"), "keep one of them");
        }
    }
    all_read.then_some(nodes)
}

fn port(node: &Node, problems: &mut Problems) -> Option<u16> {
    node.parse("port", "a number from 1 to 65535", problems, |text| {
        text.parse().ok().filter(|port| *port != 0)
    })
}
