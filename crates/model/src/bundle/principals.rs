//! `catalog/principals.yaml` as written.

use super::reader::Reader;
use super::yaml::{At, Mark, Node};

pub(crate) const KEYS: &[&str] = &["human_access", "groups", "principals"];
pub(crate) const HUMAN_ACCESS_KEYS: &[&str] = &["break_glass_group", "required_amr"];
pub(crate) const GROUP_KEYS: &[&str] = &["from_token"];
pub(crate) const PRINCIPAL_KEYS: &[&str] =
    &["name", "kind", "team", "tenant", "environment", "groups", "tags", "disabled"];

/// The whole file.
#[derive(Default)]
pub(crate) struct RawPrincipals {
    pub(crate) human_access: Option<RawHumanAccess>,
    pub(crate) groups: Vec<RawGroup>,
    pub(crate) principals: Vec<RawPrincipal>,
}

/// How humans may act.
pub(crate) struct RawHumanAccess {
    pub(crate) break_glass_group: Option<At<String>>,
    pub(crate) required_amr: Vec<At<String>>,
}

/// A declared group.
pub(crate) struct RawGroup {
    pub(crate) name: At<String>,
    pub(crate) from_token: bool,
}

/// One principal.
pub(crate) struct RawPrincipal {
    pub(crate) at: Mark,
    pub(crate) name: At<String>,
    pub(crate) kind: Option<At<String>>,
    pub(crate) team: Option<At<String>>,
    pub(crate) tenant: Option<At<String>>,
    pub(crate) environment: Option<At<String>>,
    pub(crate) groups: Vec<At<String>>,
    pub(crate) tags: Vec<(At<String>, At<String>)>,
    pub(crate) disabled: bool,
}

/// Reads the file, reporting what has the wrong shape.
pub(crate) fn read(root: &Node, reader: &mut Reader<'_>) -> RawPrincipals {
    let Some(fields) = reader.fields(root, "the file", KEYS) else { return RawPrincipals::default() };
    let human_access = fields.find("human_access").and_then(|node| read_human_access(node, reader));
    let groups = fields.find("groups").map_or_else(Vec::new, |node| read_groups(node, reader));
    let nodes = fields.find("principals").map_or(&[][..], |node| reader.list(node, "`principals`"));
    let principals = nodes.iter().filter_map(|node| read_principal(node, reader)).collect();
    RawPrincipals { human_access, groups, principals }
}

fn read_human_access(node: &Node, reader: &mut Reader<'_>) -> Option<RawHumanAccess> {
    let fields = reader.fields(node, "`human_access`", HUMAN_ACCESS_KEYS)?;
    let break_glass_group = reader.optional(&fields, "break_glass_group");
    let required_amr = reader.optional_texts(&fields, "required_amr");
    if required_amr.is_empty() {
        let fix = "list the `amr` values that prove a second factor, for example `required_amr: [mfa, hwk]`";
        reader.problem(node.at, "`required_amr` is missing or empty", fix);
    }
    Some(RawHumanAccess { break_glass_group, required_amr })
}

fn read_groups(node: &Node, reader: &mut Reader<'_>) -> Vec<RawGroup> {
    let entries = reader.entries(node, "`groups`").unwrap_or_default();
    let mut groups = Vec::with_capacity(entries.len());
    for (name, value) in entries {
        let Some(fields) = reader.fields(value, &format!("group `{}`", name.value), GROUP_KEYS) else {
            continue;
        };
        let from_token = fields.find("from_token").and_then(|flag| reader.flag(flag, "`from_token`"));
        groups.push(RawGroup { name: name.clone(), from_token: from_token.unwrap_or(false) });
    }
    groups
}

fn read_principal(node: &Node, reader: &mut Reader<'_>) -> Option<RawPrincipal> {
    let fields = reader.fields(node, "a principal", PRINCIPAL_KEYS)?;
    let name = reader.required(&fields, "name");
    let principal = RawPrincipal {
        at: node.at,
        kind: reader.optional(&fields, "kind"),
        team: reader.optional(&fields, "team"),
        tenant: reader.optional(&fields, "tenant"),
        environment: reader.optional(&fields, "environment"),
        groups: reader.optional_texts(&fields, "groups"),
        tags: reader.text_map(&fields, "tags"),
        disabled: fields.find("disabled").and_then(|flag| reader.flag(flag, "`disabled`")).unwrap_or(false),
        name: name?,
    };
    Some(principal)
}
