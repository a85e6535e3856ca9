//! Writes owned messages as Kafka's own classes would.

use bytes::{BufMut, BytesMut};

use super::error::EncodeError;
use super::limits::STRING_BYTES;
use super::schema::{DefaultValue, Field, FieldSchema, Kind, MessageSchema, StructSchema};
use super::tree::{Tree, Value};

/// Appends a message body to `out`.
///
/// Fields that are not set take their default. A field that this version does not have must be ignorable or have its
/// default, as with Kafka. Tagged fields are written where they differ from their default.
pub fn encode(
    message: &'static MessageSchema,
    version: i16,
    tree: &Tree,
    out: &mut BytesMut,
) -> Result<(), EncodeError> {
    structure(message, version, message.root, tree, out)
}

/// Appends one structure of a message to `out`, for example an element of an array.
pub fn encode_structure(
    message: &'static MessageSchema,
    version: i16,
    schema: &'static StructSchema,
    tree: &Tree,
    out: &mut BytesMut,
) -> Result<(), EncodeError> {
    structure(message, version, schema, tree, out)
}

fn structure(
    message: &'static MessageSchema,
    version: i16,
    schema: &'static StructSchema,
    tree: &Tree,
    out: &mut BytesMut,
) -> Result<(), EncodeError> {
    if !message.versions.contains(version) {
        return Err(EncodeError::UnsupportedVersion { key: message.key, version });
    }
    let encoder = Encoder { version, flexible: message.flexible.contains(version) };
    encoder.structure(schema, Some(tree), out)
}

/// Writes values of one version.
#[derive(Clone, Copy)]
struct Encoder {
    version: i16,
    flexible: bool,
}

impl Encoder {
    /// Writes a structure; `None` is one with nothing set.
    fn structure(
        self,
        schema: &'static StructSchema,
        tree: Option<&Tree>,
        out: &mut BytesMut,
    ) -> Result<(), EncodeError> {
        self.check_fields(schema, tree)?;
        let mut hint = 0;
        for field in schema.fields {
            if field.versions.contains(self.version) && !field.tagged(self.version) {
                self.field(field, tree.and_then(|tree| tree.get_near(&mut hint, field.field)), out)?;
            }
        }
        if self.flexible { self.tagged_fields(schema, tree, out) } else { Ok(()) }
    }

    /// Refuses fields that the structure does not have, and values that would be lost.
    fn check_fields(self, schema: &'static StructSchema, tree: Option<&Tree>) -> Result<(), EncodeError> {
        let mut rest = schema.fields.iter();
        for (field, value) in tree.into_iter().flat_map(Tree::fields) {
            // Fields are mostly set in the order of the schema.
            let next = rest.find(|known| known.field == field).or_else(|| {
                rest = [].iter();
                schema.field(field)
            });
            let known = next.ok_or(EncodeError::NoSuchField { field })?;
            if !known.versions.contains(self.version) && !known.ignorable && !is_default(known, value) {
                return Err(EncodeError::NotInVersion { field, version: self.version });
            }
        }
        Ok(())
    }

    fn tagged_fields(
        self,
        schema: &'static StructSchema,
        tree: Option<&Tree>,
        out: &mut BytesMut,
    ) -> Result<(), EncodeError> {
        let mut tagged = Vec::new();
        for field in schema.fields {
            let Some((tag, versions)) = field.tag else { continue };
            let Some(value) = tree.and_then(|tree| tree.get(field.field)) else { continue };
            if field.versions.contains(self.version)
                && versions.contains(self.version)
                && !is_default(field, value)
            {
                tagged.push((tag, field, value));
            }
        }
        tagged.sort_by_key(|(tag, ..)| *tag);
        put_uvarint(out, u32::try_from(tagged.len()).map_err(|_| EncodeError::TooLong)?);
        for (tag, field, value) in tagged {
            let mut encoded = BytesMut::new();
            self.field(field, Some(value), &mut encoded)?;
            put_uvarint(out, tag);
            put_uvarint(out, u32::try_from(encoded.len()).map_err(|_| EncodeError::TooLong)?);
            out.put_slice(&encoded);
        }
        Ok(())
    }

    fn field(
        self,
        schema: &FieldSchema,
        value: Option<&Value>,
        out: &mut BytesMut,
    ) -> Result<(), EncodeError> {
        let field = schema.field;
        let nullable = schema.nullable.contains(self.version);
        let null =
            matches!(value, Some(Value::Null)) || (value.is_none() && schema.default == DefaultValue::Null);
        if null {
            return if nullable {
                self.null(field, &schema.kind, out)
            } else {
                Err(EncodeError::UnexpectedNull { field })
            };
        }
        match (&schema.kind, value) {
            (Kind::Struct(inner), value) => {
                if nullable {
                    out.put_i8(1);
                }
                match value {
                    None => self.structure(inner, None, out),
                    Some(Value::Struct(tree)) => self.structure(inner, Some(tree), out),
                    Some(_) => Err(EncodeError::WrongValue { field }),
                }
            }
            (kind, Some(value)) => self.value(field, kind, value, out),
            (kind, None) => self.default(field, kind, schema.default, out),
        }
    }

    fn null(self, field: Field, kind: &Kind, out: &mut BytesMut) -> Result<(), EncodeError> {
        match kind {
            Kind::Struct(_) => out.put_i8(-1),
            Kind::String if !self.flexible => out.put_i16(-1),
            Kind::Bytes | Kind::Records | Kind::Array(_) if !self.flexible => out.put_i32(-1),
            Kind::String | Kind::Bytes | Kind::Records | Kind::Array(_) => out.put_u8(0),
            _ => return Err(EncodeError::UnexpectedNull { field }),
        }
        Ok(())
    }

    fn default(
        self,
        field: Field,
        kind: &Kind,
        default: DefaultValue,
        out: &mut BytesMut,
    ) -> Result<(), EncodeError> {
        match (kind, default) {
            (_, DefaultValue::Bool(value)) => self.value(field, kind, &Value::Bool(value), out),
            (_, DefaultValue::Int(value)) => self.value(field, kind, &Value::Int(value), out),
            (_, DefaultValue::Text(text)) => self.string(text, out),
            (Kind::String, _) => self.string("", out),
            (Kind::Bytes | Kind::Records | Kind::Array(_), _) => self.length(0, out),
            (Kind::Bool, _) => self.value(field, kind, &Value::Bool(false), out),
            (Kind::Float64, _) => self.value(field, kind, &Value::Float(0.0), out),
            (Kind::Uuid, _) => self.value(field, kind, &Value::Uuid([0; 16]), out),
            _ => self.value(field, kind, &Value::Int(0), out),
        }
    }

    fn value(self, field: Field, kind: &Kind, value: &Value, out: &mut BytesMut) -> Result<(), EncodeError> {
        match (kind, value) {
            (Kind::Bool, Value::Bool(value)) => out.put_u8(u8::from(*value)),
            (Kind::Float64, Value::Float(value)) => out.put_f64(*value),
            (Kind::Uuid, Value::Uuid(value)) => out.put_slice(value),
            (Kind::String, Value::String(text)) => self.string(text, out)?,
            (Kind::Bytes | Kind::Records, Value::Bytes(bytes)) => {
                self.length(bytes.len(), out)?;
                out.put_slice(bytes);
            }
            (Kind::Struct(schema), Value::Struct(tree)) => self.structure(schema, Some(tree), out)?,
            (Kind::Array(element), Value::Array(values)) => {
                self.length(values.len(), out)?;
                for value in values {
                    self.value(field, element, value, out)?;
                }
            }
            (kind, Value::Int(value)) => {
                put_int(kind, *value, out).ok_or(EncodeError::WrongValue { field })?
            }
            _ => return Err(EncodeError::WrongValue { field }),
        }
        Ok(())
    }

    fn string(self, text: &str, out: &mut BytesMut) -> Result<(), EncodeError> {
        let length = i16::try_from(text.len()).map_err(|_| EncodeError::TooLong)?;
        if self.flexible {
            self.length(text.len().min(STRING_BYTES), out)?;
        } else {
            out.put_i16(length);
        }
        out.put_slice(text.as_bytes());
        Ok(())
    }

    /// The length before bytes, or the count before an array.
    fn length(self, length: usize, out: &mut BytesMut) -> Result<(), EncodeError> {
        put_length(out, self.flexible, length).ok_or(EncodeError::TooLong)
    }
}

/// Whether encoding the value or leaving the field unset means the same.
fn is_default(schema: &FieldSchema, value: &Value) -> bool {
    match (schema.default, value) {
        (DefaultValue::Null, value) => matches!(value, Value::Null),
        (DefaultValue::Bool(default), Value::Bool(value)) => default == *value,
        (DefaultValue::Int(default), Value::Int(value)) => default == *value,
        (DefaultValue::Text(default), Value::String(value)) => default == value,
        (DefaultValue::Zero, value) => is_zero(&schema.kind, value),
        _ => false,
    }
}

fn is_zero(kind: &Kind, value: &Value) -> bool {
    match (kind, value) {
        (_, Value::Null) => false,
        (_, Value::Bool(value)) => !value,
        (_, Value::Int(value)) => *value == 0,
        // The bits and not the number: negative zero is not what a reader would fill in.
        (_, Value::Float(value)) => value.to_bits() == 0,
        (_, Value::Uuid(value)) => *value == [0; 16],
        (_, Value::String(value)) => value.is_empty(),
        (_, Value::Bytes(value)) => value.is_empty(),
        (_, Value::Array(value)) => value.is_empty(),
        (Kind::Struct(schema), Value::Struct(tree)) => tree
            .fields()
            .all(|(field, value)| schema.field(field).is_some_and(|field| is_default(field, value))),
        (_, Value::Struct(_)) => false,
    }
}

fn put_int(kind: &Kind, value: i64, out: &mut BytesMut) -> Option<()> {
    match kind {
        Kind::Int8 => out.put_i8(i8::try_from(value).ok()?),
        Kind::Int16 => out.put_i16(i16::try_from(value).ok()?),
        Kind::Uint16 => out.put_u16(u16::try_from(value).ok()?),
        Kind::Int32 => out.put_i32(i32::try_from(value).ok()?),
        Kind::Uint32 => out.put_u32(u32::try_from(value).ok()?),
        Kind::Int64 => out.put_i64(value),
        _ => return None,
    }
    Some(())
}

/// Writes the length before bytes, or the count before an array; `None` where it is too large to say.
pub(super) fn put_length(out: &mut impl BufMut, flexible: bool, length: usize) -> Option<()> {
    let length = i32::try_from(length).ok()?;
    if flexible {
        put_uvarint(out, u32::try_from(length).ok()?.checked_add(1)?);
    } else {
        out.put_i32(length);
    }
    Some(())
}

/// Writes an unsigned variable-length integer in the fewest bytes.
pub(super) fn put_uvarint(out: &mut impl BufMut, mut value: u32) {
    while value >= 0x80 {
        out.put_u8((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.put_u8(value as u8);
}
