//! A cursor over borrowed bytes that never reads past their end.

use super::error::CodecError;
use super::schema::Kind;

/// Reads from the front of `bytes`.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    #[inline]
    pub(super) fn at(&self) -> usize {
        self.at
    }

    #[inline]
    pub(super) fn remaining(&self) -> usize {
        self.bytes.len().saturating_sub(self.at)
    }

    #[inline]
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], CodecError> {
        let taken = self.bytes.get(self.at..).and_then(|rest| rest.get(..count));
        let taken = taken.ok_or(CodecError::Truncated { at: self.at })?;
        self.at += count;
        Ok(taken)
    }

    #[inline]
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], CodecError> {
        let rest = self.bytes.get(self.at..).and_then(|rest| rest.first_chunk::<N>());
        let taken = *rest.ok_or(CodecError::Truncated { at: self.at })?;
        self.at += N;
        Ok(taken)
    }

    #[inline]
    pub(super) fn i8(&mut self) -> Result<i8, CodecError> {
        self.array().map(i8::from_be_bytes)
    }

    #[inline]
    pub(super) fn i16(&mut self) -> Result<i16, CodecError> {
        self.array().map(i16::from_be_bytes)
    }

    #[inline]
    pub(super) fn i32(&mut self) -> Result<i32, CodecError> {
        self.array().map(i32::from_be_bytes)
    }

    #[inline]
    pub(super) fn i64(&mut self) -> Result<i64, CodecError> {
        self.array().map(i64::from_be_bytes)
    }

    /// An unsigned variable-length integer of at most 32 bits in at most five bytes.
    ///
    /// A longer spelling of a small number is accepted, as Kafka does. Bits above the 32nd are refused; Kafka drops them.
    #[inline]
    pub(super) fn uvarint(&mut self) -> Result<u32, CodecError> {
        let start = self.at;
        let [first] = self.array::<1>()?;
        if first < 0x80 {
            return Ok(u32::from(first));
        }
        let mut value = u32::from(first & 0x7f);
        for shift in [7, 14, 21, 28] {
            let [byte] = self.array::<1>()?;
            if shift == 28 && byte > 0x0f {
                return Err(CodecError::BadVarint { at: start });
            }
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(CodecError::BadVarint { at: start })
    }

    /// The length before a string; `None` is null.
    #[inline]
    pub(super) fn string_length(&mut self, flexible: bool) -> Result<Option<usize>, CodecError> {
        let at = self.at;
        if flexible {
            return match self.compact_length()? {
                Some(length) if length > super::limits::STRING_BYTES => Err(CodecError::BadLength { at }),
                length => Ok(length),
            };
        }
        match self.i16()? {
            -1 => Ok(None),
            length => usize::try_from(length).map(Some).map_err(|_| CodecError::BadLength { at }),
        }
    }

    /// The length before bytes, or the count before an array; `None` is null.
    #[inline]
    pub(super) fn length(&mut self, flexible: bool) -> Result<Option<usize>, CodecError> {
        if flexible {
            return self.compact_length();
        }
        let at = self.at;
        match self.i32()? {
            -1 => Ok(None),
            length => usize::try_from(length).map(Some).map_err(|_| CodecError::BadLength { at }),
        }
    }

    /// A whole string; `None` is null.
    #[inline]
    pub(super) fn text(&mut self, flexible: bool) -> Result<Option<&'a str>, CodecError> {
        let Some(length) = self.string_length(flexible)? else { return Ok(None) };
        let at = self.at;
        std::str::from_utf8(self.take(length)?).map(Some).map_err(|_| CodecError::NotUtf8 { at })
    }

    /// An integer of the kind's width; `None` where the kind is no integer.
    #[inline]
    pub(super) fn int(&mut self, kind: &Kind) -> Option<Result<i64, CodecError>> {
        Some(match kind {
            Kind::Int8 => self.i8().map(i64::from),
            Kind::Int16 => self.i16().map(i64::from),
            Kind::Uint16 => self.array().map(|bytes| i64::from(u16::from_be_bytes(bytes))),
            Kind::Int32 => self.i32().map(i64::from),
            Kind::Uint32 => self.array().map(|bytes| i64::from(u32::from_be_bytes(bytes))),
            Kind::Int64 => self.i64(),
            _ => return None,
        })
    }

    #[inline]
    fn compact_length(&mut self) -> Result<Option<usize>, CodecError> {
        let at = self.at;
        match self.uvarint()? {
            0 => Ok(None),
            // A length is a signed 32-bit integer everywhere else in the protocol.
            length if length > i32::MAX as u32 => Err(CodecError::BadLength { at }),
            length => Ok(Some(length as usize - 1)),
        }
    }
}
