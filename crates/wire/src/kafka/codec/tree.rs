//! Owned messages: answers that we make, and frames that must change.

use bytes::Bytes;

use super::error_code::ErrorCode;
use super::schema::Field;

/// An owned message or structure. Fields that are not set take the default of the definitions when encoded.
///
/// Two structures are equal when the same fields have the same values, in whatever order they were set.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    fields: Vec<(Field, Value)>,
}

/// The value of a field.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// Nothing, where the field may be null.
    Null,
    /// A truth value.
    Bool(bool),
    /// An integer of any width.
    Int(i64),
    /// A floating-point number.
    Float(f64),
    /// A UUID.
    Uuid([u8; 16]),
    /// A text.
    String(String),
    /// Bytes or records.
    Bytes(Bytes),
    /// A structure.
    Struct(Tree),
    /// An array; all elements are of one type.
    Array(Vec<Value>),
}

impl Tree {
    /// A structure with no field set.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn with_capacity(fields: usize) -> Self {
        Self { fields: Vec::with_capacity(fields) }
    }

    pub(super) fn push(&mut self, field: Field, value: Value) {
        self.fields.push((field, value));
    }

    /// The value of a field that is set, looked for first at `hint`, which is moved behind where it was found.
    ///
    /// Whoever asks in the order in which the fields were set finds each at once.
    pub(super) fn get_near(&self, hint: &mut usize, field: Field) -> Option<&Value> {
        let at = match self.fields.get(*hint) {
            Some((name, _)) if *name == field => *hint,
            _ => self.fields.iter().position(|(name, _)| *name == field)?,
        };
        *hint = at + 1;
        self.fields.get(at).map(|(_, value)| value)
    }

    /// Sets a field, in place of what it had.
    pub fn set(&mut self, field: Field, value: impl Into<Value>) -> &mut Self {
        let value = value.into();
        match self.get_mut(field) {
            Some(slot) => *slot = value,
            None => self.fields.push((field, value)),
        }
        self
    }

    /// The structure with a field set.
    #[must_use]
    pub fn with(mut self, field: Field, value: impl Into<Value>) -> Self {
        self.set(field, value);
        self
    }

    /// The value of a field that is set.
    pub fn get(&self, field: Field) -> Option<&Value> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, value)| value)
    }

    /// The value of a field that is set, to change it.
    pub fn get_mut(&mut self, field: Field) -> Option<&mut Value> {
        self.fields.iter_mut().find(|(name, _)| *name == field).map(|(_, value)| value)
    }

    /// Unsets a field and returns what it had.
    pub fn remove(&mut self, field: Field) -> Option<Value> {
        let at = self.fields.iter().position(|(name, _)| *name == field)?;
        Some(self.fields.remove(at).1)
    }

    /// The fields that are set.
    pub fn fields(&self) -> impl Iterator<Item = (Field, &Value)> {
        self.fields.iter().map(|(field, value)| (*field, value))
    }

    /// A text that is set.
    pub fn string(&self, field: Field) -> Option<&str> {
        match self.get(field)? {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// An integer that is set.
    pub fn int(&self, field: Field) -> Option<i64> {
        match self.get(field)? {
            Value::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// A truth value that is set.
    pub fn bool(&self, field: Field) -> Option<bool> {
        match self.get(field)? {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// A UUID that is set.
    pub fn uuid(&self, field: Field) -> Option<[u8; 16]> {
        match self.get(field)? {
            Value::Uuid(value) => Some(*value),
            _ => None,
        }
    }

    /// Bytes that are set.
    pub fn bytes(&self, field: Field) -> Option<&Bytes> {
        match self.get(field)? {
            Value::Bytes(value) => Some(value),
            _ => None,
        }
    }

    /// A structure that is set.
    pub fn structure(&self, field: Field) -> Option<&Tree> {
        match self.get(field)? {
            Value::Struct(tree) => Some(tree),
            _ => None,
        }
    }

    /// A structure that is set, to change it.
    pub fn structure_mut(&mut self, field: Field) -> Option<&mut Tree> {
        match self.get_mut(field)? {
            Value::Struct(tree) => Some(tree),
            _ => None,
        }
    }

    /// An array that is set.
    pub fn array(&self, field: Field) -> Option<&Vec<Value>> {
        match self.get(field)? {
            Value::Array(values) => Some(values),
            _ => None,
        }
    }

    /// An array that is set, to change it.
    pub fn array_mut(&mut self, field: Field) -> Option<&mut Vec<Value>> {
        match self.get_mut(field)? {
            Value::Array(values) => Some(values),
            _ => None,
        }
    }

    /// The structures of an array; none where it is not set or null.
    pub fn structs(&self, field: Field) -> impl Iterator<Item = &Tree> {
        self.array(field).into_iter().flatten().filter_map(|value| match value {
            Value::Struct(tree) => Some(tree),
            _ => None,
        })
    }

    /// The structures of an array, to change them; none where it is not set or null.
    pub fn structs_mut(&mut self, field: Field) -> impl Iterator<Item = &mut Tree> {
        self.array_mut(field).into_iter().flatten().filter_map(|value| match value {
            Value::Struct(tree) => Some(tree),
            _ => None,
        })
    }
}

impl PartialEq for Tree {
    fn eq(&self, other: &Self) -> bool {
        let mut hint = 0;
        self.fields.len() == other.fields.len()
            && self.fields.iter().all(|(field, value)| other.get_near(&mut hint, *field) == Some(value))
    }
}

impl FromIterator<(Field, Value)> for Tree {
    fn from_iter<I: IntoIterator<Item = (Field, Value)>>(fields: I) -> Self {
        let mut tree = Self::new();
        for (field, value) in fields {
            tree.set(field, value);
        }
        tree
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Value {
            fn from(value: $integer) -> Self {
                Self::Int(i64::from(value))
            }
        }
    )*};
}

// Not `u8`: a vector of them would become an array of integers where bytes are meant.
from_integers!(i8, i16, u16, i32, u32, i64);

impl From<ErrorCode> for Value {
    fn from(value: ErrorCode) -> Self {
        Self::Int(i64::from(value.0))
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<[u8; 16]> for Value {
    fn from(value: [u8; 16]) -> Self {
        Self::Uuid(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<Bytes> for Value {
    fn from(value: Bytes) -> Self {
        Self::Bytes(value)
    }
}

impl From<Tree> for Value {
    fn from(value: Tree) -> Self {
        Self::Struct(value)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(values: Vec<T>) -> Self {
        Self::Array(values.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
