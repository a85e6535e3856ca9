//! Record batch headers over borrowed bytes. The records inside stay opaque here.

use std::error::Error;
use std::fmt;

use super::reader::Reader;

/// The bytes of a batch before its records.
pub const HEADER_BYTES: usize = 61;

/// The bytes before the part that the batch's own length counts.
const LENGTH_AT: usize = 12;

/// The header of one batch in the current format (magic 2).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BatchHeader<'a> {
    /// The whole batch, header included.
    pub bytes: &'a [u8],
    /// The offset of the first record.
    pub base_offset: i64,
    /// How many bytes follow the length field.
    pub length: i32,
    /// The leader epoch.
    pub leader_epoch: i32,
    /// CRC-32C of everything from the attributes on.
    pub crc: u32,
    /// Compression, timestamp type and flags.
    pub attributes: i16,
    /// The offset of the last record, relative to the first.
    pub last_offset_delta: i32,
    /// The timestamp of the first record.
    pub base_timestamp: i64,
    /// The largest timestamp.
    pub max_timestamp: i64,
    /// The producer id, or -1.
    pub producer_id: i64,
    /// The producer epoch, or -1.
    pub producer_epoch: i16,
    /// The sequence number of the first record, or -1.
    pub base_sequence: i32,
    /// How many records the batch says it has.
    pub count: i32,
}

/// How the records of a batch are compressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip
    Gzip,
    /// Snappy
    Snappy,
    /// LZ4
    Lz4,
    /// Zstandard
    Zstd,
    /// A number that Kafka does not use.
    Unknown(u8),
}

impl<'a> BatchHeader<'a> {
    /// The records as they are stored, compressed or not.
    pub fn records(&self) -> &'a [u8] {
        self.bytes.get(HEADER_BYTES..).unwrap_or_default()
    }

    /// How the records are compressed.
    pub fn compression(&self) -> Compression {
        match self.attributes & 0x07 {
            0 => Compression::None,
            1 => Compression::Gzip,
            2 => Compression::Snappy,
            3 => Compression::Lz4,
            4 => Compression::Zstd,
            other => Compression::Unknown(other as u8),
        }
    }

    /// Whether the broker set the timestamps.
    pub fn log_append_time(&self) -> bool {
        self.attributes & 0x08 != 0
    }

    /// Whether the batch belongs to a transaction.
    pub fn transactional(&self) -> bool {
        self.attributes & 0x10 != 0
    }

    /// Whether the batch is a marker of the broker and carries no records of an application.
    pub fn control(&self) -> bool {
        self.attributes & 0x20 != 0
    }

    fn read(bytes: &'a [u8]) -> Result<Self, BatchError> {
        let mut reader = Reader::new(bytes, 0);
        let mut header = || -> Result<Self, super::CodecError> {
            let (base_offset, length, leader_epoch) = (reader.i64()?, reader.i32()?, reader.i32()?);
            reader.i8()?;
            Ok(Self {
                bytes,
                base_offset,
                length,
                leader_epoch,
                crc: reader.array().map(u32::from_be_bytes)?,
                attributes: reader.i16()?,
                last_offset_delta: reader.i32()?,
                base_timestamp: reader.i64()?,
                max_timestamp: reader.i64()?,
                producer_id: reader.i64()?,
                producer_epoch: reader.i16()?,
                base_sequence: reader.i32()?,
                count: reader.i32()?,
            })
        };
        header().map_err(|_| BatchError::TooShort)
    }
}

impl fmt::Debug for BatchHeader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Never the records: they are payload.
        f.debug_struct("BatchHeader")
            .field("base_offset", &self.base_offset)
            .field("length", &self.length)
            .field("attributes", &self.attributes)
            .field("producer_id", &self.producer_id)
            .field("producer_epoch", &self.producer_epoch)
            .field("base_sequence", &self.base_sequence)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

/// The batches of a records field, one after the other.
///
/// A batch in an older format is reported as [`BatchError::OldFormat`], and the walk goes on behind it. Every other
/// error ends the walk. In a fetch response the last batch may be cut short: that is [`BatchError::Truncated`].
pub fn batches(records: &[u8]) -> Batches<'_> {
    Batches { rest: records }
}

/// See [`batches`].
#[derive(Clone)]
pub struct Batches<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Batches<'a> {
    type Item = Result<BatchHeader<'a>, BatchError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (batch, rest) = match split(self.rest) {
            Ok(split) => split,
            Err(error) => {
                self.rest = &[];
                return Some(Err(error));
            }
        };
        self.rest = rest;
        let read = match batch.get(MAGIC_AT).map(|magic| *magic as i8) {
            Some(2) => BatchHeader::read(batch),
            Some(magic @ (0 | 1)) => return Some(Err(BatchError::OldFormat { magic })),
            Some(magic) => Err(BatchError::UnknownFormat { magic }),
            None => Err(BatchError::TooShort),
        };
        if read.is_err() {
            self.rest = &[];
        }
        Some(read)
    }
}

impl fmt::Debug for Batches<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes of batches", self.rest.len())
    }
}

/// Cuts the first batch off.
fn split(records: &[u8]) -> Result<(&[u8], &[u8]), BatchError> {
    let mut reader = Reader::new(records, 0);
    let length = reader.i64().and_then(|_| reader.i32()).map_err(|_| BatchError::Truncated)?;
    let length = usize::try_from(length).map_err(|_| BatchError::NegativeLength)?;
    let end = length.checked_add(LENGTH_AT).ok_or(BatchError::Truncated)?;
    records.split_at_checked(end).ok_or(BatchError::Truncated)
}

/// Why records cannot be read as batches.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BatchError {
    /// The bytes end inside a batch.
    Truncated,
    /// The length of a batch is negative.
    NegativeLength,
    /// A batch is shorter than its header.
    TooShort,
    /// The batch is in a format that brokers stopped writing.
    OldFormat {
        /// 0 or 1.
        magic: i8,
    },
    /// The batch is in a format that does not exist.
    UnknownFormat {
        /// The format's number.
        magic: i8,
    },
}

impl fmt::Display for BatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => f.write_str("the records end inside a batch"),
            Self::NegativeLength => f.write_str("the length of a batch is negative"),
            Self::TooShort => f.write_str("a batch is shorter than its header"),
            Self::OldFormat { magic } => write!(f, "a batch has the old format `{magic}`"),
            Self::UnknownFormat { magic } => write!(f, "a batch has the unknown format `{magic}`"),
        }
    }
}

impl Error for BatchError {}

const MAGIC_AT: usize = 16;
