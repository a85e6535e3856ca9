//! Error messages of brokers, which may name addresses.

use super::Answer;
use crate::kafka::addresses::AddressMap;
use crate::kafka::codec::{CodecError, Field, Kind, StructSchema, Tree, Value, View, field as f};
use crate::kafka::session::fatal::Fatal;

/// Fields that carry free text of the broker.
const MESSAGES: [Field; 4] =
    [f::ERROR_MESSAGE, f::BATCH_INDEX_ERROR_MESSAGE, f::ACKNOWLEDGE_ERROR_MESSAGE, f::STATUS_DETAIL];

/// What stands in the place of a message that names an address.
const WITHHELD: &str =
    "the broker's message names an address and is withheld; its error code says what happened";

/// Withholds messages that name an address.
pub(super) fn scrub(answer: &mut Answer<'_>, addresses: &AddressMap) -> Result<(), Fatal> {
    if !has_messages(answer.api.response.root) {
        return Ok(());
    }
    let found = match &answer.tree {
        Some(_) => true,
        None => mentions(&answer.root, addresses).map_err(Fatal::UpstreamMalformed)?,
    };
    if found {
        let schema = answer.api.response.root;
        withhold(schema, answer.tree()?, addresses);
    }
    Ok(())
}

fn has_messages(schema: &StructSchema) -> bool {
    schema
        .fields
        .iter()
        .any(|field| MESSAGES.contains(&field.field) || field.kind.structure().is_some_and(has_messages))
}

fn mentions(view: &View<'_>, addresses: &AddressMap) -> Result<bool, CodecError> {
    for field in view.schema().fields {
        if !view.has(field.field) {
            continue;
        }
        let found = match &field.kind {
            Kind::String => {
                let text = if MESSAGES.contains(&field.field) { view.string(field.field)? } else { None };
                text.is_some_and(|text| addresses.withholds(text))
            }
            Kind::Struct(schema) if has_messages(schema) => match view.structure(field.field)? {
                Some(inside) => mentions(&inside, addresses)?,
                None => false,
            },
            Kind::Array(Kind::Struct(schema)) if has_messages(schema) => {
                any_mentions(view, field.field, addresses)?
            }
            _ => false,
        };
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}

fn any_mentions(view: &View<'_>, array: Field, addresses: &AddressMap) -> Result<bool, CodecError> {
    let Some(elements) = view.array(array)? else { return Ok(false) };
    for element in elements.views() {
        if mentions(&element?, addresses)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn withhold(schema: &StructSchema, tree: &mut Tree, addresses: &AddressMap) {
    for field in schema.fields {
        match (tree.get_mut(field.field), field.kind.structure()) {
            (Some(Value::String(text)), _)
                if MESSAGES.contains(&field.field) && addresses.withholds(text) =>
            {
                WITHHELD.clone_into(text);
            }
            (Some(Value::Struct(inside)), Some(inner)) => withhold(inner, inside, addresses),
            (Some(Value::Array(elements)), Some(inner)) if has_messages(inner) => {
                for element in elements {
                    if let Value::Struct(element) = element {
                        withhold(inner, element, addresses);
                    }
                }
            }
            _ => {}
        }
    }
}
