//! Changes to an encoded body without decoding the rest of it.

use std::cmp::Reverse;
use std::fmt;
use std::ops::Range;

use bytes::{Bytes, BytesMut};
use rustc_hash::FxHashMap;

use super::encode::{put_length, put_uvarint};
use super::error::CodecError;
use super::view::Array;
use super::walk::{SizedTag, Validated};

/// Edits to a body, collected in any order and applied in one pass over the original bytes.
///
/// An edit inside an array element that is dropped is dropped with it. Other edits must not overlap. Where an edit lies
/// inside a tagged field, the size of that field is corrected.
pub struct Splice<'a> {
    body: &'a [u8],
    /// Known tagged fields of the body.
    sized: &'a [SizedTag],
    edits: Vec<Edit>,
    /// By where the array's length prefix starts.
    arrays: FxHashMap<usize, ArrayEdit>,
    /// The first edit that did not fit, reported when the edits are applied.
    broken: Option<CodecError>,
}

impl fmt::Debug for Splice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Never the bytes: they may be payload or credentials.
        let places = self.edits.iter().map(|edit| &edit.range);
        f.debug_list().entries(places).finish()
    }
}

/// Bytes in place of a range.
struct Edit {
    range: Range<usize>,
    /// Where the edited thing starts; decides whether it lies inside a dropped element, and the order at one place.
    anchor: usize,
    bytes: Bytes,
}

/// What became of one array so far.
struct ArrayEdit {
    prefix: Range<usize>,
    flexible: bool,
    count: usize,
}

impl<'a> Splice<'a> {
    /// No edits yet; `body` is the one that was validated.
    pub fn new(validated: &'a Validated, body: &'a [u8]) -> Self {
        let broken = validated.check_same(body).err();
        Self { body, sized: validated.sized(), edits: Vec::new(), arrays: FxHashMap::default(), broken }
    }

    /// Whether nothing would change.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.arrays.is_empty()
    }

    /// Puts `bytes` where `range` is; an empty range inserts, no bytes remove.
    pub fn replace(&mut self, range: Range<usize>, bytes: impl Into<Bytes>) -> &mut Self {
        self.edits.push(Edit { anchor: range.start, range, bytes: bytes.into() });
        self
    }

    /// Drops the elements for which `keep` says no, and corrects the count. At most once per array.
    pub fn retain(&mut self, array: &Array<'_>, mut keep: impl FnMut(usize) -> bool) -> &mut Self {
        let mut dropped = 0;
        for (index, range) in array.ranges().enumerate() {
            match range {
                Ok(_) if keep(index) => {}
                Ok(range) => {
                    dropped += 1;
                    self.replace(range, Bytes::new());
                }
                Err(error) => self.broken = Some(error),
            }
        }
        if dropped > 0 {
            self.recount(array, |count| count.checked_sub(dropped));
        }
        self
    }

    /// Adds one encoded element at the end, and corrects the count.
    pub fn append(&mut self, array: &Array<'_>, element: impl Into<Bytes>) -> &mut Self {
        let end = array.ranges().last().map_or(Ok(array.prefix().end), |range| range.map(|range| range.end));
        match end {
            Ok(end) => {
                self.edits.push(Edit {
                    range: end..end,
                    anchor: array.prefix().start,
                    bytes: element.into(),
                });
                self.recount(array, |count| count.checked_add(1));
            }
            Err(error) => self.broken = Some(error),
        }
        self
    }

    /// The changed body.
    pub fn apply(self) -> Result<BytesMut, CodecError> {
        let body = self.body;
        let edits = self.ordered()?;
        let added: usize = edits.iter().map(|edit| edit.bytes.len()).sum();
        let mut out = BytesMut::with_capacity(body.len() + added);
        let mut at = 0;
        for edit in edits {
            out.extend_from_slice(between(body, at, edit.range.start)?);
            out.extend_from_slice(&edit.bytes);
            at = edit.range.end;
        }
        out.extend_from_slice(between(body, at, body.len())?);
        Ok(out)
    }

    /// The changed body as pieces, without copying what stays; `original` is the same bytes.
    pub fn pieces(self, original: &Bytes) -> Result<Vec<Bytes>, CodecError> {
        if original.as_ptr() != self.body.as_ptr() || original.len() != self.body.len() {
            return Err(CodecError::BadEdit { at: original.len() });
        }
        let mut pieces = Vec::new();
        let mut at = 0;
        for edit in self.ordered()? {
            let kept = between(original, at, edit.range.start)?;
            pieces.extend([original.slice_ref(kept), edit.bytes]);
            at = edit.range.end;
        }
        pieces.push(original.slice_ref(between(original, at, original.len())?));
        pieces.retain(|piece| !piece.is_empty());
        Ok(pieces)
    }

    fn recount(&mut self, array: &Array<'_>, change: impl FnOnce(usize) -> Option<usize>) {
        let prefix = array.prefix();
        let at = prefix.start;
        let (flexible, count) = (array.flexible(), array.len());
        let edit = self.arrays.entry(at).or_insert(ArrayEdit { prefix, flexible, count });
        match change(edit.count) {
            Some(count) => edit.count = count,
            None => self.broken = Some(CodecError::BadEdit { at }),
        }
    }

    /// All edits from front to back, without those inside dropped elements, and none overlapping.
    fn ordered(mut self) -> Result<Vec<Edit>, CodecError> {
        if let Some(error) = self.broken {
            return Err(error);
        }
        for (at, array) in std::mem::take(&mut self.arrays) {
            let mut prefix = Vec::with_capacity(5);
            put_length(&mut prefix, array.flexible, array.count).ok_or(CodecError::BadEdit { at })?;
            self.replace(array.prefix, prefix);
        }
        sort(&mut self.edits);
        let mut edits = without_dropped(self.edits)?;
        let resized = resized(self.sized, &edits)?;
        edits.extend(resized);
        sort(&mut edits);
        Ok(edits)
    }
}

/// From front to back. At one place, what is added to an inner array comes before what is added to the array around it,
/// both before what replaces the bytes that follow, and a dropped element before the edits inside it.
fn sort(edits: &mut [Edit]) {
    edits.sort_by_key(|edit| {
        let Range { start, end } = edit.range;
        (start, start != end, Reverse(end), !edit.bytes.is_empty(), Reverse(edit.anchor))
    });
}

/// Leaves out the edits inside dropped elements and refuses overlaps.
fn without_dropped(edits: Vec<Edit>) -> Result<Vec<Edit>, CodecError> {
    let mut kept: Vec<Edit> = Vec::with_capacity(edits.len());
    let mut dropped = 0..0;
    let mut end = 0;
    for edit in edits {
        if dropped.contains(&edit.anchor) {
            continue;
        }
        let at = edit.range.start;
        if at < end || edit.range.end < at {
            return Err(CodecError::BadEdit { at });
        }
        if edit.bytes.is_empty() && !edit.range.is_empty() {
            dropped = edit.range.clone();
        }
        end = edit.range.end;
        kept.push(edit);
    }
    Ok(kept)
}

/// The edits that correct the sizes of the tagged fields that others lie in. Both lists are in order.
fn resized(sized: &[SizedTag], edits: &[Edit]) -> Result<Vec<Edit>, CodecError> {
    let mut resized: Vec<Edit> = Vec::new();
    for field in sized {
        let first = edits.partition_point(|edit| edit.range.start < field.value.start);
        if first
            .checked_sub(1)
            .and_then(|at| edits.get(at))
            .is_some_and(|edit| edit.range.end > field.size.start)
        {
            // The size itself is replaced or dropped, so there is nothing left to correct.
            continue;
        }
        let inside = edits.iter().skip(first).take_while(|edit| edit.range.start <= field.value.end);
        let inside = inside.filter(|edit| field.value.contains(&edit.anchor));
        // Inner fields come before the one around them, so theirs are at the end of what was found so far.
        let inner = resized.iter().rev().take_while(|edit| edit.range.start >= field.value.start);
        let mut size = field.value.len();
        for edit in inside.chain(inner) {
            let broken = CodecError::BadEdit { at: edit.range.start };
            if edit.range.end > field.value.end {
                return Err(broken);
            }
            size = (size + edit.bytes.len()).checked_sub(edit.range.len()).ok_or(broken)?;
        }
        if size != field.value.len() {
            let at = field.size.start;
            let mut bytes = Vec::with_capacity(5);
            put_uvarint(&mut bytes, u32::try_from(size).map_err(|_| CodecError::BadEdit { at })?);
            resized.push(Edit { range: field.size.clone(), anchor: at, bytes: bytes.into() });
        }
    }
    Ok(resized)
}

fn between(body: &[u8], from: usize, to: usize) -> Result<&[u8], CodecError> {
    body.get(from..to).ok_or(CodecError::BadEdit { at: from })
}
