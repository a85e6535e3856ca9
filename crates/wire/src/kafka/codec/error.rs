//! What can be wrong with bytes from a peer, and with a message of our own.

use std::error::Error;
use std::fmt;

use super::schema::Field;

/// Why bytes were refused. Offsets count from the start of what was parsed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum CodecError {
    /// The API key is not one that a client sends.
    UnknownApi {
        /// The key.
        key: i16,
    },
    /// The tables do not have this version of the API.
    UnsupportedVersion {
        /// The API key.
        key: i16,
        /// The version.
        version: i16,
    },
    /// The bytes end before what they announce.
    Truncated {
        /// Where the missing bytes would have started.
        at: usize,
    },
    /// Bytes are left over.
    Trailing {
        /// How many.
        bytes: usize,
    },
    /// A length or count is negative without being null, or larger than its type allows.
    BadLength {
        /// Where the length is.
        at: usize,
    },
    /// A variable-length integer does not end in five bytes or has more than 32 bits.
    BadVarint {
        /// Where it starts.
        at: usize,
    },
    /// A truth value is neither 0 nor 1.
    BadBool {
        /// Where it is.
        at: usize,
    },
    /// The mark before a nullable structure is neither -1 nor 1.
    BadPresence {
        /// Where it is.
        at: usize,
    },
    /// Null where the field cannot be null.
    UnexpectedNull {
        /// The field.
        field: Field,
    },
    /// A string is not UTF-8.
    NotUtf8 {
        /// Where the text starts.
        at: usize,
    },
    /// An array announces more elements than the limit or than the remaining bytes can hold.
    TooManyElements {
        /// Where the count is.
        at: usize,
    },
    /// Structures are nested deeper than the limit.
    TooDeep {
        /// Where the structure starts.
        at: usize,
    },
    /// More tagged fields than the limit.
    TooManyTags {
        /// Where the count is.
        at: usize,
    },
    /// Tagged fields are repeated or not in ascending order.
    TagOrder {
        /// Where the tag is.
        at: usize,
    },
    /// A tagged field is not as long as it says.
    TagLength {
        /// Where its value starts.
        at: usize,
    },
    /// More bytes than a message can have.
    TooLong {
        /// How many there are.
        bytes: usize,
    },
    /// The caller asked for a field that the structure has in no version, or as another type.
    WrongField {
        /// The field.
        field: Field,
    },
    /// The caller combined values of different bodies, or edits that overlap.
    BadEdit {
        /// Where it was noticed.
        at: usize,
    },
}

impl fmt::Display for CodecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownApi { key } => write!(f, "API key `{key}` is unknown"),
            Self::UnsupportedVersion { key, version } => {
                write!(f, "version `{version}` of API key `{key}` is not supported")
            }
            Self::Truncated { at } => write!(f, "the message ends at byte {at}, before its end"),
            Self::Trailing { bytes } => write!(f, "{bytes} bytes are left over after the message"),
            Self::BadLength { at } => write!(f, "the length at byte {at} is out of range"),
            Self::BadVarint { at } => write!(f, "the variable-length integer at byte {at} is out of range"),
            Self::BadBool { at } => write!(f, "the truth value at byte {at} is neither 0 nor 1"),
            Self::BadPresence { at } => write!(f, "the presence mark at byte {at} is neither -1 nor 1"),
            Self::UnexpectedNull { field } => write!(f, "the field {field} cannot be null"),
            Self::NotUtf8 { at } => write!(f, "the string at byte {at} is not UTF-8"),
            Self::TooManyElements { at } => write!(f, "the array at byte {at} has too many elements"),
            Self::TooDeep { at } => write!(f, "the structure at byte {at} is nested too deep"),
            Self::TooManyTags { at } => write!(f, "too many tagged fields at byte {at}"),
            Self::TagOrder { at } => write!(f, "the tagged field at byte {at} is repeated or out of order"),
            Self::TagLength { at } => write!(f, "the tagged field at byte {at} is not as long as it says"),
            Self::TooLong { bytes } => write!(f, "a message of {bytes} bytes is too long"),
            Self::WrongField { field } => write!(f, "the structure has no field {field} of that type"),
            Self::BadEdit { at } => write!(f, "an edit at byte {at} does not fit the message"),
        }
    }
}

impl Error for CodecError {}

/// Why a message of our own cannot be encoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum EncodeError {
    /// The tables do not have this version of the API.
    UnsupportedVersion {
        /// The API key.
        key: i16,
        /// The version.
        version: i16,
    },
    /// A field has a value that this version cannot carry and that must not be dropped.
    NotInVersion {
        /// The field.
        field: Field,
        /// The version.
        version: i16,
    },
    /// The structure has no such field.
    NoSuchField {
        /// The field.
        field: Field,
    },
    /// The value is not of the field's type, or out of its range.
    WrongValue {
        /// The field.
        field: Field,
    },
    /// Null where the field cannot be null.
    UnexpectedNull {
        /// The field.
        field: Field,
    },
    /// A text, byte string, array or message is longer than its length can say.
    TooLong,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnsupportedVersion { key, version } => {
                write!(f, "version `{version}` of API key `{key}` is not supported")
            }
            Self::NotInVersion { field, version } => write!(f, "version {version} has no field {field}"),
            Self::NoSuchField { field } => write!(f, "the structure has no field {field}"),
            Self::WrongValue { field } => write!(f, "the value of the field {field} is not of its type"),
            Self::UnexpectedNull { field } => write!(f, "the field {field} cannot be null"),
            Self::TooLong => f.write_str("a value is longer than its length can say"),
        }
    }
}

impl Error for EncodeError {}
