//! The one walker over encoded messages: it finds where fields start, and checks everything on the way.

use std::ops::Range;

use super::error::CodecError;
use super::limits::{BODY_BYTES, Limits};
use super::reader::Reader;
use super::schema::{FieldSchema, Kind, MessageSchema, StructSchema};
use super::splice::Splice;
use super::view::View;
use crate::kafka::generated::MAX_FIELDS;

/// A body that was walked from its first byte to its last.
#[derive(Clone, Debug)]
pub struct Validated {
    message: &'static MessageSchema,
    version: i16,
    root: Offsets,
    length: usize,
    unknown: Vec<UnknownTags>,
    sized: Vec<SizedTag>,
}

impl Validated {
    /// Whether some structure carries tagged fields that the tables do not know.
    pub fn has_unknown_tags(&self) -> bool {
        !self.unknown.is_empty()
    }

    /// Edits to the body that was validated; see [`Splice::new`].
    pub fn splice<'a>(&'a self, body: &'a [u8]) -> Splice<'a> {
        Splice::new(self, body)
    }

    /// Adds the edits that remove every unknown tagged field.
    pub fn strip_unknown_tags(&self, splice: &mut Splice<'_>) {
        for section in &self.unknown {
            let mut count = Vec::with_capacity(5);
            super::encode::put_uvarint(&mut count, section.known);
            splice.replace(section.count.clone(), count);
            for tag in &section.tags {
                splice.replace(tag.clone(), Vec::new());
            }
        }
    }

    /// The message's outermost structure, without another walk; `body` is what was validated.
    pub fn root<'a>(&self, body: &'a [u8]) -> Result<View<'a>, CodecError> {
        self.check_same(body)?;
        let context = Context::new(self.message, self.version)?;
        Ok(View::assemble(context, self.message.root, body, 0, self.length, self.root))
    }
}

impl Validated {
    /// Refuses a body that cannot be the one that was validated.
    pub(super) fn check_same(&self, body: &[u8]) -> Result<(), CodecError> {
        if body.len() == self.length { Ok(()) } else { Err(CodecError::BadEdit { at: body.len() }) }
    }

    /// Where known tagged fields say how long they are; inner ones before the one around them.
    pub(super) fn sized(&self) -> &[SizedTag] {
        &self.sized
    }
}

/// Walks a whole body under the limits and refuses whatever is not exactly one message of this version.
pub fn validate(
    message: &'static MessageSchema,
    version: i16,
    body: &[u8],
    limits: &Limits,
) -> Result<Validated, CodecError> {
    if body.len() > BODY_BYTES {
        return Err(CodecError::TooLong { bytes: body.len() });
    }
    let mut walker = Walker::<FIRST>::new(Context::new(message, version)?, body, 0, limits);
    let mut root = NOWHERE;
    walker.structure(message.root, Some(&mut root))?;
    match walker.reader.remaining() {
        0 => Ok(Validated {
            message,
            version,
            root,
            length: body.len(),
            unknown: walker.unknown,
            sized: walker.sized,
        }),
        bytes => Err(CodecError::Trailing { bytes }),
    }
}

/// Where each field of a structure starts, in the order of its schema; [`ABSENT`] where it is not there.
pub(super) type Offsets = [u32; MAX_FIELDS];

/// The offset of a field that is not there. No body is that long.
pub(super) const ABSENT: u32 = u32::MAX;

/// No field anywhere.
pub(super) const NOWHERE: Offsets = [ABSENT; MAX_FIELDS];

/// Which message in which version the bytes are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    pub(super) version: i16,
    pub(super) flexible: bool,
    /// The place of the version among the message's, for the table of smallest sizes.
    index: usize,
}

impl Context {
    pub(super) fn new(message: &'static MessageSchema, version: i16) -> Result<Self, CodecError> {
        let unsupported = CodecError::UnsupportedVersion { key: message.key, version };
        if !message.versions.contains(version) {
            return Err(unsupported);
        }
        let index = usize::try_from(version - message.versions.min).map_err(|_| unsupported)?;
        Ok(Self { version, flexible: message.flexible.contains(version), index })
    }

    /// The fewest bytes that one element takes. Never less than one, so that a count is bounded by the bytes there are.
    fn min_size(self, kind: &Kind) -> usize {
        match kind {
            Kind::Struct(schema) => {
                usize::from(schema.min_sizes.get(self.index).copied().unwrap_or(1)).max(1)
            }
            other => match other.fixed_size() {
                Some(size) => size,
                None if self.flexible => 1,
                None if matches!(other, Kind::String) => 2,
                None => 4,
            },
        }
    }
}

/// The tagged fields of one structure that the tables do not know.
#[derive(Clone, Debug)]
struct UnknownTags {
    /// The count of tagged fields as encoded.
    count: Range<usize>,
    /// The count without the unknown ones.
    known: u32,
    /// Each unknown field: tag, length and value.
    tags: Vec<Range<usize>>,
}

/// A known tagged field: changes inside it change the size before it.
#[derive(Clone, Debug)]
pub(super) struct SizedTag {
    /// The encoded size.
    pub(super) size: Range<usize>,
    /// The value.
    pub(super) value: Range<usize>,
}

/// A later walk: text is checked when it is read.
pub(super) const AGAIN: bool = false;
/// The first walk over a body.
pub(super) const FIRST: bool = true;

/// Walks structures under limits. `CHECK` says whether this is the first walk over these bytes, which checks text and
/// remembers what later changes need to know; both would be wasted on every look at a field.
pub(super) struct Walker<'a, const CHECK: bool> {
    pub(super) reader: Reader<'a>,
    context: Context,
    limits: &'a Limits,
    depth: usize,
    elements: usize,
    unknown_count: usize,
    unknown: Vec<UnknownTags>,
    sized: Vec<SizedTag>,
}

impl<'a, const CHECK: bool> Walker<'a, CHECK> {
    pub(super) fn new(context: Context, body: &'a [u8], at: usize, limits: &'a Limits) -> Self {
        let reader = Reader::new(body, at);
        let (unknown, sized) = (Vec::new(), Vec::new());
        Self { reader, context, limits, depth: 0, elements: 0, unknown_count: 0, unknown, sized }
    }

    /// Walks one structure. The recursion through [`Self::value`] ends because schemas are finite, and at the limit.
    pub(super) fn structure(
        &mut self,
        schema: &'static StructSchema,
        mut offsets: Option<&mut Offsets>,
    ) -> Result<(), CodecError> {
        self.depth += 1;
        if self.depth > self.limits.depth {
            return Err(CodecError::TooDeep { at: self.reader.at() });
        }
        let version = self.context.version;
        for (index, field) in schema.fields.iter().enumerate() {
            if !field.versions.contains(version) || field.tagged(version) {
                continue;
            }
            note(&mut offsets, index, self.reader.at());
            self.field(field)?;
        }
        if self.context.flexible {
            self.tagged_fields(schema, offsets)?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// Walks one field in place, with the mark of a nullable structure.
    pub(super) fn field(&mut self, field: &FieldSchema) -> Result<(), CodecError> {
        let nullable = field.nullable.contains(self.context.version);
        if let (Kind::Struct(schema), true) = (&field.kind, nullable) {
            return match self.presence()? {
                Presence::Null => Ok(()),
                Presence::Present => self.structure(schema, None),
            };
        }
        self.value(field, nullable)
    }

    /// Reads the mark before a nullable structure.
    pub(super) fn presence(&mut self) -> Result<Presence, CodecError> {
        let at = self.reader.at();
        match self.reader.i8()? {
            -1 => Ok(Presence::Null),
            1 => Ok(Presence::Present),
            _ => Err(CodecError::BadPresence { at }),
        }
    }

    fn value(&mut self, field: &FieldSchema, nullable: bool) -> Result<(), CodecError> {
        let length = match &field.kind {
            Kind::Struct(schema) => return self.structure(schema, None),
            Kind::Array(element) => return self.array(field, element, nullable),
            Kind::String => return self.string(field, nullable),
            Kind::Bool => return self.bool(),
            Kind::Bytes | Kind::Records => match self.reader.length(self.context.flexible)? {
                Some(length) => length,
                None if nullable => 0,
                None => return Err(CodecError::UnexpectedNull { field: field.field }),
            },
            scalar => scalar.fixed_size().unwrap_or(0),
        };
        self.reader.take(length).map(drop)
    }

    fn bool(&mut self) -> Result<(), CodecError> {
        let at = self.reader.at();
        match self.reader.i8()? {
            0 | 1 => Ok(()),
            _ => Err(CodecError::BadBool { at }),
        }
    }

    fn string(&mut self, field: &FieldSchema, nullable: bool) -> Result<(), CodecError> {
        let Some(length) = self.reader.string_length(self.context.flexible)? else {
            return if nullable { Ok(()) } else { Err(CodecError::UnexpectedNull { field: field.field }) };
        };
        let at = self.reader.at();
        let text = self.reader.take(length)?;
        if CHECK && std::str::from_utf8(text).is_err() {
            return Err(CodecError::NotUtf8 { at });
        }
        Ok(())
    }

    fn array(&mut self, field: &FieldSchema, element: &Kind, nullable: bool) -> Result<(), CodecError> {
        let Some(count) = self.count(element)? else {
            return if nullable { Ok(()) } else { Err(CodecError::UnexpectedNull { field: field.field }) };
        };
        match element {
            Kind::Struct(schema) => (0..count).try_for_each(|_| self.structure(schema, None)),
            Kind::String => (0..count).try_for_each(|_| self.string(field, false)),
            other => match other.fixed_size() {
                Some(size) => self.reader.take(count.saturating_mul(size)).map(drop),
                None => Err(CodecError::WrongField { field: field.field }),
            },
        }
    }

    /// Reads the count of an array and checks it against the limits and against the bytes that are left.
    pub(super) fn count(&mut self, element: &Kind) -> Result<Option<usize>, CodecError> {
        let at = self.reader.at();
        let Some(count) = self.reader.length(self.context.flexible)? else { return Ok(None) };
        let fits = count <= self.reader.remaining() / self.context.min_size(element);
        self.elements = self.elements.saturating_add(count);
        if !fits || count > self.limits.array_len || self.elements > self.limits.elements {
            return Err(CodecError::TooManyElements { at });
        }
        Ok(Some(count))
    }

    fn tagged_fields(
        &mut self,
        schema: &'static StructSchema,
        mut offsets: Option<&mut Offsets>,
    ) -> Result<(), CodecError> {
        let count_at = self.reader.at();
        let count = self.reader.uvarint()? as usize;
        if count == 0 {
            return Ok(());
        }
        if count > self.limits.tagged_fields {
            return Err(CodecError::TooManyTags { at: count_at });
        }
        let count_range = count_at..self.reader.at();
        let mut unknown = Vec::new();
        let mut previous = None;
        for _ in 0..count {
            let start = self.reader.at();
            let tag = self.reader.uvarint()?;
            if previous.is_some_and(|previous| previous >= tag) {
                return Err(CodecError::TagOrder { at: start });
            }
            previous = Some(tag);
            let size_at = self.reader.at();
            let size = self.reader.uvarint()? as usize;
            match known_tag(schema, self.context.version, tag) {
                Some((index, field)) => {
                    note(&mut offsets, index, self.reader.at());
                    self.tagged_value(field, size_at, size)?;
                }
                None => {
                    self.reader.take(size)?;
                    unknown.push(start..self.reader.at());
                }
            }
        }
        self.remember(count_range, count, unknown)
    }

    fn tagged_value(&mut self, field: &FieldSchema, size_at: usize, size: usize) -> Result<(), CodecError> {
        let at = self.reader.at();
        if size > self.reader.remaining() {
            return Err(CodecError::Truncated { at });
        }
        self.field(field)?;
        let value = at..self.reader.at();
        if value.len() != size {
            return Err(CodecError::TagLength { at });
        }
        if CHECK {
            self.sized.push(SizedTag { size: size_at..at, value });
        }
        Ok(())
    }

    fn remember(
        &mut self,
        count: Range<usize>,
        total: usize,
        tags: Vec<Range<usize>>,
    ) -> Result<(), CodecError> {
        if tags.is_empty() {
            return Ok(());
        }
        self.unknown_count += tags.len();
        if self.unknown_count > self.limits.unknown_tagged_fields {
            return Err(CodecError::TooManyTags { at: count.start });
        }
        // The total was read from 32 bits, and the unknown are some of them.
        let known = u32::try_from(total.saturating_sub(tags.len())).unwrap_or(u32::MAX);
        self.unknown.push(UnknownTags { count, known, tags });
        Ok(())
    }
}

/// The field that the tag stands for in that version, and its place.
pub(super) fn known_tag(
    schema: &'static StructSchema,
    version: i16,
    tag: u32,
) -> Option<(usize, &'static FieldSchema)> {
    let is_it = |field: &FieldSchema| {
        field.versions.contains(version)
            && matches!(field.tag, Some((known, versions)) if known == tag && versions.contains(version))
    };
    schema.fields.iter().enumerate().find(|(_, field)| is_it(field))
}

/// What the mark before a nullable structure says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Null,
    Present,
}

#[inline]
fn note(offsets: &mut Option<&mut Offsets>, index: usize, at: usize) {
    if let Some(slot) = offsets.as_mut().and_then(|offsets| offsets.get_mut(index)) {
        // Bodies longer than `BODY_BYTES` are refused before the walk.
        *slot = u32::try_from(at).unwrap_or(ABSENT);
    }
}
