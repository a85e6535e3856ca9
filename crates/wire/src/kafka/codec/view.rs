//! Reading fields out of a body where it lies.

use std::fmt;
use std::ops::Range;

use bytes::Bytes;

use super::decode;
use super::error::CodecError;
use super::limits::Limits;
use super::reader::Reader;
use super::schema::{DefaultValue, Field, FieldSchema, Kind, MessageSchema, StructSchema};
use super::tree::Tree;
use super::walk::{ABSENT, AGAIN, Context, NOWHERE, Offsets, Presence, Walker, validate};

/// One structure inside a body. Nothing is copied: fields are read where they are when asked for.
///
/// A field that no version of the structure has, or that has another type, is an error and not an absent field, so that
/// a wrong question is never taken for "nothing to judge".
#[derive(Clone, Copy)]
pub struct View<'a> {
    context: Context,
    schema: &'static StructSchema,
    body: &'a [u8],
    start: u32,
    end: u32,
    offsets: Offsets,
}

impl<'a> View<'a> {
    /// The outermost structure of a body, which must be one message and nothing more: [`validate`] under the default
    /// limits, then [`Validated::root`](super::Validated::root).
    pub fn root(message: &'static MessageSchema, version: i16, body: &'a [u8]) -> Result<Self, CodecError> {
        validate(message, version, body, &Limits::DEFAULT)?.root(body)
    }

    pub(super) fn assemble(
        context: Context,
        schema: &'static StructSchema,
        body: &'a [u8],
        start: usize,
        end: usize,
        offsets: Offsets,
    ) -> Self {
        Self { context, schema, body, start: start as u32, end: end as u32, offsets }
    }

    fn walk(
        context: Context,
        schema: &'static StructSchema,
        body: &'a [u8],
        start: usize,
    ) -> Result<Self, CodecError> {
        let mut walker = Walker::<AGAIN>::new(context, body, start, &Limits::DEFAULT);
        let mut offsets = NOWHERE;
        walker.structure(schema, Some(&mut offsets))?;
        Ok(Self::assemble(context, schema, body, start, walker.reader.at(), offsets))
    }

    /// The table entry of the structure.
    pub fn schema(&self) -> &'static StructSchema {
        self.schema
    }

    /// The version of the message.
    pub fn version(&self) -> i16 {
        self.context.version
    }

    /// Where the structure is in the body.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the field is there: part of this version, and if it is a tagged field, sent. It may still be null.
    pub fn has(&self, field: Field) -> bool {
        self.schema.position(field).is_some_and(|(index, _)| self.offset(index).is_some())
    }

    /// A text; `None` where absent or null.
    pub fn string(&self, field: Field) -> Result<Option<&'a str>, CodecError> {
        let (schema, reader) = self.locate(field)?;
        let Kind::String = schema.kind else { return Err(CodecError::WrongField { field }) };
        match reader {
            Some(mut reader) => reader.text(self.context.flexible),
            None => Ok(None),
        }
    }

    /// Bytes or records; `None` where absent or null.
    pub fn bytes(&self, field: Field) -> Result<Option<&'a [u8]>, CodecError> {
        let (schema, reader) = self.locate(field)?;
        let (Kind::Bytes | Kind::Records) = schema.kind else { return Err(CodecError::WrongField { field }) };
        let Some(mut reader) = reader else { return Ok(None) };
        match reader.length(self.context.flexible)? {
            Some(length) => reader.take(length).map(Some),
            None => Ok(None),
        }
    }

    /// An integer of any width; the default of the definitions where absent.
    pub fn int(&self, field: Field) -> Result<i64, CodecError> {
        let (schema, reader) = self.locate(field)?;
        match (reader, schema.default) {
            (Some(mut reader), _) => {
                reader.int(&schema.kind).unwrap_or(Err(CodecError::WrongField { field }))
            }
            (None, DefaultValue::Int(value)) => Ok(value),
            (None, _) if is_integer(&schema.kind) => Ok(0),
            (None, _) => Err(CodecError::WrongField { field }),
        }
    }

    /// A truth value; the default of the definitions where absent.
    pub fn bool(&self, field: Field) -> Result<bool, CodecError> {
        let (schema, reader) = self.locate(field)?;
        let Kind::Bool = schema.kind else { return Err(CodecError::WrongField { field }) };
        match (reader, schema.default) {
            (Some(mut reader), _) => reader.i8().map(|byte| byte != 0),
            (None, DefaultValue::Bool(value)) => Ok(value),
            (None, _) => Ok(false),
        }
    }

    /// A floating-point number; zero where absent.
    pub fn float(&self, field: Field) -> Result<f64, CodecError> {
        let (schema, reader) = self.locate(field)?;
        let Kind::Float64 = schema.kind else { return Err(CodecError::WrongField { field }) };
        reader.map_or(Ok(0.0), |mut reader| reader.array().map(f64::from_be_bytes))
    }

    /// A UUID; all zero where absent.
    pub fn uuid(&self, field: Field) -> Result<[u8; 16], CodecError> {
        let (schema, reader) = self.locate(field)?;
        let Kind::Uuid = schema.kind else { return Err(CodecError::WrongField { field }) };
        reader.map_or(Ok([0; 16]), |mut reader| reader.array())
    }

    /// An array; `None` where absent or null.
    pub fn array(&self, field: Field) -> Result<Option<Array<'a>>, CodecError> {
        let (schema, reader) = self.locate(field)?;
        let Kind::Array(element) = schema.kind else { return Err(CodecError::WrongField { field }) };
        let Some(reader) = reader else { return Ok(None) };
        let prefix = reader.at();
        let mut walker = Walker::<AGAIN>::new(self.context, self.body, prefix, &Limits::DEFAULT);
        let Some(count) = walker.count(element)? else { return Ok(None) };
        let elements = walker.reader.at();
        Ok(Some(Array { context: self.context, field, element, body: self.body, prefix, elements, count }))
    }

    /// A structure in place; `None` where absent or null.
    pub fn structure(&self, field: Field) -> Result<Option<View<'a>>, CodecError> {
        let (schema, reader) = self.locate(field)?;
        let Kind::Struct(inner) = schema.kind else { return Err(CodecError::WrongField { field }) };
        let Some(reader) = reader else { return Ok(None) };
        let mut at = reader.at();
        if schema.nullable.contains(self.context.version) {
            let mut walker = Walker::<AGAIN>::new(self.context, self.body, at, &Limits::DEFAULT);
            if walker.presence()? == Presence::Null {
                return Ok(None);
            }
            at = walker.reader.at();
        }
        View::walk(self.context, inner, self.body, at).map(Some)
    }

    /// The encoded field with its length prefix, as a range of the body; `None` where absent.
    ///
    /// For a tagged field this is its value, without tag and size.
    pub fn span(&self, field: Field) -> Option<Range<usize>> {
        let (schema, reader) = self.locate(field).ok()?;
        let start = reader?.at();
        let mut walker = Walker::<AGAIN>::new(self.context, self.body, start, &Limits::DEFAULT);
        walker.field(schema).ok()?;
        Some(start..walker.reader.at())
    }

    /// An owned copy, for frames that must change; `body` is the same bytes, and records stay slices of them.
    pub fn to_tree(&self, body: &Bytes) -> Result<Tree, CodecError> {
        if body.len() != self.body.len() || body.as_ptr() != self.body.as_ptr() {
            return Err(CodecError::BadEdit { at: body.len() });
        }
        decode::tree(self.context, self.schema, body, self.start as usize)
    }

    #[inline]
    fn offset(&self, index: usize) -> Option<usize> {
        self.offsets.get(index).filter(|at| **at != ABSENT).map(|at| *at as usize)
    }

    #[inline]
    fn locate(&self, field: Field) -> Result<(&'static FieldSchema, Option<Reader<'a>>), CodecError> {
        let (index, schema) = self.schema.position(field).ok_or(CodecError::WrongField { field })?;
        Ok((schema, self.offset(index).map(|at| Reader::new(self.body, at))))
    }
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Never the bytes: they may be payload or credentials.
        write!(f, "{} v{} at {:?}", self.schema.name, self.context.version, self.range())
    }
}

/// An array inside a body.
#[derive(Clone, Copy)]
pub struct Array<'a> {
    context: Context,
    field: Field,
    element: &'static Kind,
    body: &'a [u8],
    prefix: usize,
    elements: usize,
    count: usize,
}

impl<'a> Array<'a> {
    /// How many elements it has.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Its elements, which are structures.
    pub fn views(&self) -> impl Iterator<Item = Result<View<'a>, CodecError>> + use<'a> {
        let (context, body, field, element) = (self.context, self.body, self.field, self.element);
        self.each(move |reader| {
            let Kind::Struct(schema) = element else { return Err(CodecError::WrongField { field }) };
            let view = View::walk(context, schema, body, reader.at())?;
            *reader = Reader::new(body, view.end as usize);
            Ok(view)
        })
    }

    /// Its elements, which are texts.
    pub fn strings(&self) -> impl Iterator<Item = Result<&'a str, CodecError>> + use<'a> {
        let (flexible, field, element) = (self.context.flexible, self.field, self.element);
        self.each(move |reader| {
            let Kind::String = element else { return Err(CodecError::WrongField { field }) };
            reader.text(flexible)?.ok_or(CodecError::UnexpectedNull { field })
        })
    }

    /// Its elements, which are integers of any width.
    pub fn ints(&self) -> impl Iterator<Item = Result<i64, CodecError>> + use<'a> {
        let (field, element) = (self.field, self.element);
        self.each(move |reader| reader.int(element).unwrap_or(Err(CodecError::WrongField { field })))
    }

    /// Its elements, which are UUIDs.
    pub fn uuids(&self) -> impl Iterator<Item = Result<[u8; 16], CodecError>> + use<'a> {
        let (field, element) = (self.field, self.element);
        self.each(move |reader| match element {
            Kind::Uuid => reader.array(),
            _ => Err(CodecError::WrongField { field }),
        })
    }

    /// The length prefix in the body.
    pub(super) fn prefix(&self) -> Range<usize> {
        self.prefix..self.elements
    }

    /// Whether lengths are compact.
    pub(super) fn flexible(&self) -> bool {
        self.context.flexible
    }

    /// Where each element is in the body, of whatever type.
    pub(super) fn ranges(&self) -> impl Iterator<Item = Result<Range<usize>, CodecError>> + use<'a> {
        let (context, body, field, element) = (self.context, self.body, self.field, self.element);
        self.each(move |reader| {
            let start = reader.at();
            match element {
                Kind::Struct(schema) => {
                    let mut walker = Walker::<AGAIN>::new(context, body, start, &Limits::DEFAULT);
                    walker.structure(schema, None)?;
                    *reader = walker.reader;
                }
                Kind::String => drop(reader.text(context.flexible)?),
                other => drop(reader.take(other.fixed_size().ok_or(CodecError::WrongField { field })?)?),
            }
            Ok(start..reader.at())
        })
    }

    /// Reads every element with `read`, and stops at the first error.
    fn each<T>(
        self,
        read: impl Fn(&mut Reader<'a>) -> Result<T, CodecError>,
    ) -> impl Iterator<Item = Result<T, CodecError>> {
        let mut reader = Reader::new(self.body, self.elements);
        let mut left = self.count;
        std::iter::from_fn(move || {
            left = left.checked_sub(1)?;
            let read = read(&mut reader);
            if read.is_err() {
                left = 0;
            }
            Some(read)
        })
    }
}

impl fmt::Debug for Array<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} with {} elements", self.field, self.count)
    }
}

fn is_integer(kind: &Kind) -> bool {
    matches!(kind, Kind::Int8 | Kind::Int16 | Kind::Uint16 | Kind::Int32 | Kind::Uint32 | Kind::Int64)
}
