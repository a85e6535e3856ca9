//! Record batch headers, checked against batches that `kafka-protocol` writes.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "tests fail by panicking"
)]

use bytes::{Bytes, BytesMut};
use kafka_protocol::records::{
    Compression as Written, Record, RecordBatchEncoder, RecordEncodeOptions, TimestampType,
};
use tidegate_wire::kafka::codec::batch::{BatchError, Compression, HEADER_BYTES, batches};

/// One batch of so many records as a transactional producer sends it.
fn batch(count: i32) -> Vec<u8> {
    let record = |index: i32| Record {
        transactional: true,
        control: false,
        delete_horizon: false,
        partition_leader_epoch: 7,
        producer_id: 4711,
        producer_epoch: 3,
        timestamp_type: TimestampType::Creation,
        offset: 100 + i64::from(index),
        sequence: 40 + index,
        timestamp: 1_700_000_000_000 + i64::from(index),
        key: Some(Bytes::from_static(b"key")),
        value: Some(Bytes::from_static(b"value")),
        headers: Default::default(),
    };
    let records: Vec<Record> = (0..count).map(record).collect();
    let mut out = BytesMut::new();
    let options = RecordEncodeOptions { version: 2, compression: Written::None };
    RecordBatchEncoder::encode(&mut out, &records, &options).unwrap();
    out.to_vec()
}

#[test]
fn headers_are_read_field_by_field() {
    let bytes = [batch(3), batch(1)].concat();
    let headers: Vec<_> = batches(&bytes).collect::<Result<_, _>>().unwrap();
    let [first, second] = headers[..] else { panic!("{headers:?}") };
    assert_eq!((first.base_offset, first.last_offset_delta, first.count), (100, 2, 3));
    assert_eq!((first.producer_id, first.producer_epoch, first.base_sequence), (4711, 3, 40));
    assert_eq!((first.base_timestamp, first.max_timestamp), (1_700_000_000_000, 1_700_000_000_002));
    assert_eq!(first.length as usize + 12, first.bytes.len());
    assert_eq!(first.records().len() + HEADER_BYTES, first.bytes.len());
    assert_eq!(first.leader_epoch, 7);
    assert_eq!(first.crc.to_be_bytes(), bytes[17..21]);
    assert_eq!(first.compression(), Compression::None);
    assert!(first.transactional() && !first.control() && !first.log_append_time());
    assert_eq!(second.count, 1);
    assert_eq!(second.bytes.as_ptr_range().end, bytes.as_ptr_range().end);
}

#[test]
fn attributes_say_compression_and_flags() {
    let check = |attributes: i16, expected: (Compression, bool, bool, bool)| {
        let mut bytes = batch(1);
        bytes[21..23].copy_from_slice(&attributes.to_be_bytes());
        let header = batches(&bytes).next().unwrap().unwrap();
        let seen = (header.compression(), header.log_append_time(), header.transactional(), header.control());
        assert_eq!(seen, expected, "{attributes:x}");
    };
    check(0, (Compression::None, false, false, false));
    check(1, (Compression::Gzip, false, false, false));
    check(2, (Compression::Snappy, false, false, false));
    check(3, (Compression::Lz4, false, false, false));
    check(4, (Compression::Zstd, false, false, false));
    check(5, (Compression::Unknown(5), false, false, false));
    check(0x08, (Compression::None, true, false, false));
    check(0x10, (Compression::None, false, true, false));
    check(0x30, (Compression::None, false, true, true));
}

#[test]
fn what_is_no_batch_is_refused() {
    let check = |bytes: &[u8], expected: &[Result<i32, BatchError>]| {
        let seen: Vec<_> = batches(bytes).map(|header| header.map(|header| header.count)).collect();
        assert_eq!(seen, expected, "{bytes:x?}");
    };
    let good = batch(2);
    check(b"", &[]);
    check(b"\0", &[Err(BatchError::Truncated)]);
    check(&good[..good.len() - 1], &[Err(BatchError::Truncated)]);
    check(&[&good[..], &good[..20]].concat(), &[Ok(2), Err(BatchError::Truncated)]);
    check(b"\0\0\0\0\0\0\0\0\xff\xff\xff\xff\0\0\0\0\x02", &[Err(BatchError::NegativeLength)]);
    check(b"\0\0\0\0\0\0\0\0\x7f\xff\xff\xff\0\0\0\0\x02", &[Err(BatchError::Truncated)]);
    check(b"\0\0\0\0\0\0\0\0\0\0\0\0", &[Err(BatchError::TooShort)]);
    check(b"\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0\0\x02", &[Err(BatchError::TooShort)]);
    let mut short = good[..HEADER_BYTES - 1].to_vec();
    short[8..12].copy_from_slice(&48_i32.to_be_bytes());
    check(&short, &[Err(BatchError::TooShort)]);
    // Older formats are named and stepped over; there is no way past an unknown one.
    for magic in [0, 1] {
        let mut old = good.clone();
        old[16] = magic as u8;
        check(&[&old[..], &good].concat(), &[Err(BatchError::OldFormat { magic }), Ok(2)]);
    }
    let mut unknown = good.clone();
    unknown[16] = 3;
    check(&[&unknown[..], &good].concat(), &[Err(BatchError::UnknownFormat { magic: 3 })]);
}
