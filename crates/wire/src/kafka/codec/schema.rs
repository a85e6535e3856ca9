//! The tables that drive the codec: which fields a message has, in which versions, and how each is encoded.
//!
//! The tables themselves are in `crates/wire/src/kafka/generated`, written by `cargo xtask codegen`.

use std::fmt;

use crate::kafka::generated;

/// A field name, interned over all messages: the same name is the same `Field` wherever it occurs.
///
/// Constants are in [`field`](super::field), for example `field::TOPIC_DATA` for `TopicData`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field(u16);

impl Field {
    pub(crate) const fn new(index: u16) -> Self {
        Self(index)
    }

    /// The name as Kafka's message definitions spell it.
    pub fn name(self) -> &'static str {
        generated::FIELD_NAMES.get(usize::from(self.0)).copied().unwrap_or("?")
    }

    /// The field of that name, if any message has one.
    pub fn from_name(name: &str) -> Option<Self> {
        let at = generated::FIELD_NAMES.binary_search(&name).ok()?;
        u16::try_from(at).ok().map(Self)
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An inclusive range of versions; empty when `max < min`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Versions {
    /// The first version.
    pub min: i16,
    /// The last version; `i16::MAX` where the definition says `N+`.
    pub max: i16,
}

impl Versions {
    /// No version at all.
    pub const NONE: Self = Self { min: 0, max: -1 };

    /// From `min` to `max`, both included.
    pub const fn new(min: i16, max: i16) -> Self {
        Self { min, max }
    }

    /// From `min` on.
    pub const fn from(min: i16) -> Self {
        Self { min, max: i16::MAX }
    }

    /// Whether `version` is in the range.
    #[inline]
    pub const fn contains(self, version: i16) -> bool {
        self.min <= version && version <= self.max
    }

    /// Whether the range has no version.
    pub const fn is_empty(self) -> bool {
        self.max < self.min
    }

    /// The versions of the range in order.
    pub fn iter(self) -> std::ops::RangeInclusive<i16> {
        self.min..=self.max
    }
}

/// What a field names, where the definitions say so (`entityType`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Entity {
    /// Nothing that the definitions give a type.
    None,
    /// A topic by name.
    TopicName,
    /// A consumer, share or streams group.
    GroupId,
    /// A transactional id.
    TransactionalId,
    /// A broker node id.
    BrokerId,
    /// A producer id.
    ProducerId,
}

/// The type of a field.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// One byte, 0 or 1.
    Bool,
    /// A signed byte.
    Int8,
    /// Two bytes, signed.
    Int16,
    /// Two bytes, unsigned.
    Uint16,
    /// Four bytes, signed.
    Int32,
    /// Four bytes, unsigned.
    Uint32,
    /// Eight bytes, signed.
    Int64,
    /// Eight bytes, IEEE 754.
    Float64,
    /// Sixteen bytes.
    Uuid,
    /// UTF-8 with a length, compact in flexible versions.
    String,
    /// Bytes with a length, compact in flexible versions.
    Bytes,
    /// Record batches, encoded as [`Kind::Bytes`].
    Records,
    /// A structure in place.
    Struct(&'static StructSchema),
    /// A count, then that many elements.
    Array(&'static Kind),
}

impl Kind {
    /// The encoded size in bytes, where every value has the same.
    #[inline]
    pub(crate) const fn fixed_size(&self) -> Option<usize> {
        match self {
            Self::Bool | Self::Int8 => Some(1),
            Self::Int16 | Self::Uint16 => Some(2),
            Self::Int32 | Self::Uint32 => Some(4),
            Self::Int64 | Self::Float64 => Some(8),
            Self::Uuid => Some(16),
            Self::String | Self::Bytes | Self::Records | Self::Struct(_) | Self::Array(_) => None,
        }
    }

    /// The structure that the field is, or is an array of.
    pub fn structure(&self) -> Option<&'static StructSchema> {
        match self {
            Self::Struct(schema) => Some(schema),
            Self::Array(element) => element.structure(),
            _ => None,
        }
    }
}

/// What a field has when the message does not carry it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum DefaultValue {
    /// The type's own: false, zero, empty, or a structure of defaults.
    Zero,
    /// Null.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number.
    Int(i64),
    /// Text.
    Text(&'static str),
}

/// One field of a structure.
#[derive(Clone, Copy, Debug)]
pub struct FieldSchema {
    /// Its name.
    pub field: Field,
    /// Its type.
    pub kind: Kind,
    /// The versions that have it.
    pub versions: Versions,
    /// The versions in which it may be null.
    pub nullable: Versions,
    /// Its tag, and the versions in which it is sent as a tagged field instead of in place.
    pub tag: Option<(u32, Versions)>,
    /// What it names.
    pub entity: Entity,
    /// Its value where the message does not carry it.
    pub default: DefaultValue,
    /// Whether a value may be dropped silently in a version without the field.
    pub ignorable: bool,
    /// Whether it is part of the key of its structure in an array.
    pub map_key: bool,
}

impl FieldSchema {
    /// Whether `version` sends the field as a tagged one.
    #[inline]
    pub fn tagged(&self, version: i16) -> bool {
        matches!(self.tag, Some((_, versions)) if versions.contains(version))
    }

    pub(crate) const fn of(field: Field, kind: Kind, versions: Versions) -> Self {
        Self {
            field,
            kind,
            versions,
            nullable: Versions::NONE,
            tag: None,
            entity: Entity::None,
            default: DefaultValue::Zero,
            ignorable: false,
            map_key: false,
        }
    }

    pub(crate) const fn nullable(mut self, versions: Versions) -> Self {
        self.nullable = versions;
        self
    }

    pub(crate) const fn tag(mut self, tag: u32, versions: Versions) -> Self {
        self.tag = Some((tag, versions));
        self
    }

    pub(crate) const fn entity(mut self, entity: Entity) -> Self {
        self.entity = entity;
        self
    }

    pub(crate) const fn default(mut self, default: DefaultValue) -> Self {
        self.default = default;
        self
    }

    pub(crate) const fn ignorable(mut self) -> Self {
        self.ignorable = true;
        self
    }

    pub(crate) const fn map_key(mut self) -> Self {
        self.map_key = true;
        self
    }
}

/// A structure: a message body, or a part of one.
#[derive(Debug)]
pub struct StructSchema {
    /// Its name in the definitions; unique only within its message.
    pub name: &'static str,
    /// Its fields in wire order.
    pub fields: &'static [FieldSchema],
    /// The smallest encoding in each of the message's versions, from its first on.
    pub(crate) min_sizes: &'static [u16],
}

impl StructSchema {
    /// The field's entry and its place, if the structure has it in any version.
    #[inline]
    pub(crate) fn position(&self, field: Field) -> Option<(usize, &'static FieldSchema)> {
        self.fields.iter().enumerate().find(|(_, schema)| schema.field == field)
    }

    /// The field's entry, if the structure has it in any version.
    pub fn field(&self, field: Field) -> Option<&'static FieldSchema> {
        self.position(field).map(|(_, schema)| schema)
    }
}

/// One message: the body of a request or of a response.
#[derive(Debug)]
pub struct MessageSchema {
    /// Its name in the definitions, for example `ProduceRequest`.
    pub name: &'static str,
    /// The API key.
    pub key: i16,
    /// The stable versions.
    pub versions: Versions,
    /// The versions with compact lengths and tagged fields.
    pub flexible: Versions,
    /// The body.
    pub root: &'static StructSchema,
}

/// A request and its response.
#[derive(Debug)]
pub struct Api {
    /// The API key.
    pub key: i16,
    /// Its name, for example `Produce`.
    pub name: &'static str,
    /// What the client sends.
    pub request: MessageSchema,
    /// What the broker answers.
    pub response: MessageSchema,
}

impl Api {
    /// The header version of a request of this version: 2 where it is flexible, else 1.
    pub fn request_header_version(&self, version: i16) -> i16 {
        if self.request.flexible.contains(version) { 2 } else { 1 }
    }

    /// The header version of a response of this version: 1 where it is flexible, else 0.
    ///
    /// ApiVersions always has 0, because a client must be able to read the answer to a version the broker does not know.
    pub fn response_header_version(&self, version: i16) -> i16 {
        if self.key != API_VERSIONS && self.response.flexible.contains(version) { 1 } else { 0 }
    }
}

/// The API of that key, if a client may send it to a broker.
#[inline]
pub fn api(key: i16) -> Option<&'static Api> {
    let at = generated::APIS.binary_search_by_key(&key, |api| api.key).ok()?;
    generated::APIS.get(at).copied()
}

const API_VERSIONS: i16 = 18;
