//! Owned copies of what was already walked.

use bytes::Bytes;

use super::error::CodecError;
use super::reader::Reader;
use super::schema::{Field, FieldSchema, Kind, StructSchema};
use super::tree::{Tree, Value};
use super::walk::{Context, known_tag};

/// Copies the structure at `at`. Bytes and records stay slices of `body`; unknown tagged fields are left out.
///
/// The structure has been walked before, which is what bounds the allocations here.
pub(super) fn tree(
    context: Context,
    schema: &'static StructSchema,
    body: &Bytes,
    at: usize,
) -> Result<Tree, CodecError> {
    Decoder { context, body, reader: Reader::new(body, at) }.structure(schema)
}

struct Decoder<'a> {
    context: Context,
    body: &'a Bytes,
    reader: Reader<'a>,
}

impl Decoder<'_> {
    fn structure(&mut self, schema: &'static StructSchema) -> Result<Tree, CodecError> {
        let version = self.context.version;
        let mut tree = Tree::with_capacity(schema.fields.len());
        for field in schema.fields {
            if field.versions.contains(version) && !field.tagged(version) {
                tree.push(field.field, self.field(field)?);
            }
        }
        if self.context.flexible {
            self.tagged_fields(schema, &mut tree)?;
        }
        Ok(tree)
    }

    fn tagged_fields(&mut self, schema: &'static StructSchema, tree: &mut Tree) -> Result<(), CodecError> {
        for _ in 0..self.reader.uvarint()? {
            let tag = self.reader.uvarint()?;
            let size = self.reader.uvarint()? as usize;
            match known_tag(schema, self.context.version, tag) {
                Some((_, field)) => tree.push(field.field, self.field(field)?),
                None => drop(self.reader.take(size)?),
            }
        }
        Ok(())
    }

    fn field(&mut self, schema: &FieldSchema) -> Result<Value, CodecError> {
        let nullable = schema.nullable.contains(self.context.version);
        if nullable && matches!(schema.kind, Kind::Struct(_)) && self.reader.i8()? < 0 {
            return Ok(Value::Null);
        }
        self.value(schema.field, &schema.kind)
    }

    fn value(&mut self, field: Field, kind: &Kind) -> Result<Value, CodecError> {
        let flexible = self.context.flexible;
        Ok(match kind {
            Kind::Bool => Value::Bool(self.reader.i8()? != 0),
            Kind::Float64 => Value::Float(self.reader.array().map(f64::from_be_bytes)?),
            Kind::Uuid => Value::Uuid(self.reader.array()?),
            Kind::String => self.reader.text(flexible)?.map_or(Value::Null, Value::from),
            Kind::Bytes | Kind::Records => match self.reader.length(flexible)? {
                Some(length) => {
                    let start = self.reader.at();
                    self.reader.take(length)?;
                    Value::Bytes(self.body.slice(start..self.reader.at()))
                }
                None => Value::Null,
            },
            Kind::Struct(schema) => Value::Struct(self.structure(schema)?),
            Kind::Array(element) => match self.reader.length(flexible)? {
                Some(count) => {
                    let mut values = Vec::with_capacity(count.min(self.reader.remaining()));
                    for _ in 0..count {
                        values.push(self.value(field, element)?);
                    }
                    Value::Array(values)
                }
                None => Value::Null,
            },
            integer => Value::Int(self.reader.int(integer).unwrap_or(Err(CodecError::WrongField { field }))?),
        })
    }
}
