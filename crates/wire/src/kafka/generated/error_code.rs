//! The error codes of the protocol.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::error_code::ErrorCode;

impl ErrorCode {
    /// `UNKNOWN_SERVER_ERROR`
    pub const UNKNOWN_SERVER_ERROR: Self = Self(-1);
    /// `NONE`
    pub const NONE: Self = Self(0);
    /// `OFFSET_OUT_OF_RANGE`
    pub const OFFSET_OUT_OF_RANGE: Self = Self(1);
    /// `CORRUPT_MESSAGE`
    pub const CORRUPT_MESSAGE: Self = Self(2);
    /// `UNKNOWN_TOPIC_OR_PARTITION`
    pub const UNKNOWN_TOPIC_OR_PARTITION: Self = Self(3);
    /// `INVALID_FETCH_SIZE`
    pub const INVALID_FETCH_SIZE: Self = Self(4);
    /// `LEADER_NOT_AVAILABLE`
    pub const LEADER_NOT_AVAILABLE: Self = Self(5);
    /// `NOT_LEADER_OR_FOLLOWER`
    pub const NOT_LEADER_OR_FOLLOWER: Self = Self(6);
    /// `REQUEST_TIMED_OUT`
    pub const REQUEST_TIMED_OUT: Self = Self(7);
    /// `BROKER_NOT_AVAILABLE`
    pub const BROKER_NOT_AVAILABLE: Self = Self(8);
    /// `REPLICA_NOT_AVAILABLE`
    pub const REPLICA_NOT_AVAILABLE: Self = Self(9);
    /// `MESSAGE_TOO_LARGE`
    pub const MESSAGE_TOO_LARGE: Self = Self(10);
    /// `STALE_CONTROLLER_EPOCH`
    pub const STALE_CONTROLLER_EPOCH: Self = Self(11);
    /// `OFFSET_METADATA_TOO_LARGE`
    pub const OFFSET_METADATA_TOO_LARGE: Self = Self(12);
    /// `NETWORK_EXCEPTION`
    pub const NETWORK_EXCEPTION: Self = Self(13);
    /// `COORDINATOR_LOAD_IN_PROGRESS`
    pub const COORDINATOR_LOAD_IN_PROGRESS: Self = Self(14);
    /// `COORDINATOR_NOT_AVAILABLE`
    pub const COORDINATOR_NOT_AVAILABLE: Self = Self(15);
    /// `NOT_COORDINATOR`
    pub const NOT_COORDINATOR: Self = Self(16);
    /// `INVALID_TOPIC_EXCEPTION`
    pub const INVALID_TOPIC_EXCEPTION: Self = Self(17);
    /// `RECORD_LIST_TOO_LARGE`
    pub const RECORD_LIST_TOO_LARGE: Self = Self(18);
    /// `NOT_ENOUGH_REPLICAS`
    pub const NOT_ENOUGH_REPLICAS: Self = Self(19);
    /// `NOT_ENOUGH_REPLICAS_AFTER_APPEND`
    pub const NOT_ENOUGH_REPLICAS_AFTER_APPEND: Self = Self(20);
    /// `INVALID_REQUIRED_ACKS`
    pub const INVALID_REQUIRED_ACKS: Self = Self(21);
    /// `ILLEGAL_GENERATION`
    pub const ILLEGAL_GENERATION: Self = Self(22);
    /// `INCONSISTENT_GROUP_PROTOCOL`
    pub const INCONSISTENT_GROUP_PROTOCOL: Self = Self(23);
    /// `INVALID_GROUP_ID`
    pub const INVALID_GROUP_ID: Self = Self(24);
    /// `UNKNOWN_MEMBER_ID`
    pub const UNKNOWN_MEMBER_ID: Self = Self(25);
    /// `INVALID_SESSION_TIMEOUT`
    pub const INVALID_SESSION_TIMEOUT: Self = Self(26);
    /// `REBALANCE_IN_PROGRESS`
    pub const REBALANCE_IN_PROGRESS: Self = Self(27);
    /// `INVALID_COMMIT_OFFSET_SIZE`
    pub const INVALID_COMMIT_OFFSET_SIZE: Self = Self(28);
    /// `TOPIC_AUTHORIZATION_FAILED`
    pub const TOPIC_AUTHORIZATION_FAILED: Self = Self(29);
    /// `GROUP_AUTHORIZATION_FAILED`
    pub const GROUP_AUTHORIZATION_FAILED: Self = Self(30);
    /// `CLUSTER_AUTHORIZATION_FAILED`
    pub const CLUSTER_AUTHORIZATION_FAILED: Self = Self(31);
    /// `INVALID_TIMESTAMP`
    pub const INVALID_TIMESTAMP: Self = Self(32);
    /// `UNSUPPORTED_SASL_MECHANISM`
    pub const UNSUPPORTED_SASL_MECHANISM: Self = Self(33);
    /// `ILLEGAL_SASL_STATE`
    pub const ILLEGAL_SASL_STATE: Self = Self(34);
    /// `UNSUPPORTED_VERSION`
    pub const UNSUPPORTED_VERSION: Self = Self(35);
    /// `TOPIC_ALREADY_EXISTS`
    pub const TOPIC_ALREADY_EXISTS: Self = Self(36);
    /// `INVALID_PARTITIONS`
    pub const INVALID_PARTITIONS: Self = Self(37);
    /// `INVALID_REPLICATION_FACTOR`
    pub const INVALID_REPLICATION_FACTOR: Self = Self(38);
    /// `INVALID_REPLICA_ASSIGNMENT`
    pub const INVALID_REPLICA_ASSIGNMENT: Self = Self(39);
    /// `INVALID_CONFIG`
    pub const INVALID_CONFIG: Self = Self(40);
    /// `NOT_CONTROLLER`
    pub const NOT_CONTROLLER: Self = Self(41);
    /// `INVALID_REQUEST`
    pub const INVALID_REQUEST: Self = Self(42);
    /// `UNSUPPORTED_FOR_MESSAGE_FORMAT`
    pub const UNSUPPORTED_FOR_MESSAGE_FORMAT: Self = Self(43);
    /// `POLICY_VIOLATION`
    pub const POLICY_VIOLATION: Self = Self(44);
    /// `OUT_OF_ORDER_SEQUENCE_NUMBER`
    pub const OUT_OF_ORDER_SEQUENCE_NUMBER: Self = Self(45);
    /// `DUPLICATE_SEQUENCE_NUMBER`
    pub const DUPLICATE_SEQUENCE_NUMBER: Self = Self(46);
    /// `INVALID_PRODUCER_EPOCH`
    pub const INVALID_PRODUCER_EPOCH: Self = Self(47);
    /// `INVALID_TXN_STATE`
    pub const INVALID_TXN_STATE: Self = Self(48);
    /// `INVALID_PRODUCER_ID_MAPPING`
    pub const INVALID_PRODUCER_ID_MAPPING: Self = Self(49);
    /// `INVALID_TRANSACTION_TIMEOUT`
    pub const INVALID_TRANSACTION_TIMEOUT: Self = Self(50);
    /// `CONCURRENT_TRANSACTIONS`
    pub const CONCURRENT_TRANSACTIONS: Self = Self(51);
    /// `TRANSACTION_COORDINATOR_FENCED`
    pub const TRANSACTION_COORDINATOR_FENCED: Self = Self(52);
    /// `TRANSACTIONAL_ID_AUTHORIZATION_FAILED`
    pub const TRANSACTIONAL_ID_AUTHORIZATION_FAILED: Self = Self(53);
    /// `SECURITY_DISABLED`
    pub const SECURITY_DISABLED: Self = Self(54);
    /// `OPERATION_NOT_ATTEMPTED`
    pub const OPERATION_NOT_ATTEMPTED: Self = Self(55);
    /// `KAFKA_STORAGE_ERROR`
    pub const KAFKA_STORAGE_ERROR: Self = Self(56);
    /// `LOG_DIR_NOT_FOUND`
    pub const LOG_DIR_NOT_FOUND: Self = Self(57);
    /// `SASL_AUTHENTICATION_FAILED`
    pub const SASL_AUTHENTICATION_FAILED: Self = Self(58);
    /// `UNKNOWN_PRODUCER_ID`
    pub const UNKNOWN_PRODUCER_ID: Self = Self(59);
    /// `REASSIGNMENT_IN_PROGRESS`
    pub const REASSIGNMENT_IN_PROGRESS: Self = Self(60);
    /// `DELEGATION_TOKEN_AUTH_DISABLED`
    pub const DELEGATION_TOKEN_AUTH_DISABLED: Self = Self(61);
    /// `DELEGATION_TOKEN_NOT_FOUND`
    pub const DELEGATION_TOKEN_NOT_FOUND: Self = Self(62);
    /// `DELEGATION_TOKEN_OWNER_MISMATCH`
    pub const DELEGATION_TOKEN_OWNER_MISMATCH: Self = Self(63);
    /// `DELEGATION_TOKEN_REQUEST_NOT_ALLOWED`
    pub const DELEGATION_TOKEN_REQUEST_NOT_ALLOWED: Self = Self(64);
    /// `DELEGATION_TOKEN_AUTHORIZATION_FAILED`
    pub const DELEGATION_TOKEN_AUTHORIZATION_FAILED: Self = Self(65);
    /// `DELEGATION_TOKEN_EXPIRED`
    pub const DELEGATION_TOKEN_EXPIRED: Self = Self(66);
    /// `INVALID_PRINCIPAL_TYPE`
    pub const INVALID_PRINCIPAL_TYPE: Self = Self(67);
    /// `NON_EMPTY_GROUP`
    pub const NON_EMPTY_GROUP: Self = Self(68);
    /// `GROUP_ID_NOT_FOUND`
    pub const GROUP_ID_NOT_FOUND: Self = Self(69);
    /// `FETCH_SESSION_ID_NOT_FOUND`
    pub const FETCH_SESSION_ID_NOT_FOUND: Self = Self(70);
    /// `INVALID_FETCH_SESSION_EPOCH`
    pub const INVALID_FETCH_SESSION_EPOCH: Self = Self(71);
    /// `LISTENER_NOT_FOUND`
    pub const LISTENER_NOT_FOUND: Self = Self(72);
    /// `TOPIC_DELETION_DISABLED`
    pub const TOPIC_DELETION_DISABLED: Self = Self(73);
    /// `FENCED_LEADER_EPOCH`
    pub const FENCED_LEADER_EPOCH: Self = Self(74);
    /// `UNKNOWN_LEADER_EPOCH`
    pub const UNKNOWN_LEADER_EPOCH: Self = Self(75);
    /// `UNSUPPORTED_COMPRESSION_TYPE`
    pub const UNSUPPORTED_COMPRESSION_TYPE: Self = Self(76);
    /// `STALE_BROKER_EPOCH`
    pub const STALE_BROKER_EPOCH: Self = Self(77);
    /// `OFFSET_NOT_AVAILABLE`
    pub const OFFSET_NOT_AVAILABLE: Self = Self(78);
    /// `MEMBER_ID_REQUIRED`
    pub const MEMBER_ID_REQUIRED: Self = Self(79);
    /// `PREFERRED_LEADER_NOT_AVAILABLE`
    pub const PREFERRED_LEADER_NOT_AVAILABLE: Self = Self(80);
    /// `GROUP_MAX_SIZE_REACHED`
    pub const GROUP_MAX_SIZE_REACHED: Self = Self(81);
    /// `FENCED_INSTANCE_ID`
    pub const FENCED_INSTANCE_ID: Self = Self(82);
    /// `ELIGIBLE_LEADERS_NOT_AVAILABLE`
    pub const ELIGIBLE_LEADERS_NOT_AVAILABLE: Self = Self(83);
    /// `ELECTION_NOT_NEEDED`
    pub const ELECTION_NOT_NEEDED: Self = Self(84);
    /// `NO_REASSIGNMENT_IN_PROGRESS`
    pub const NO_REASSIGNMENT_IN_PROGRESS: Self = Self(85);
    /// `GROUP_SUBSCRIBED_TO_TOPIC`
    pub const GROUP_SUBSCRIBED_TO_TOPIC: Self = Self(86);
    /// `INVALID_RECORD`
    pub const INVALID_RECORD: Self = Self(87);
    /// `UNSTABLE_OFFSET_COMMIT`
    pub const UNSTABLE_OFFSET_COMMIT: Self = Self(88);
    /// `THROTTLING_QUOTA_EXCEEDED`
    pub const THROTTLING_QUOTA_EXCEEDED: Self = Self(89);
    /// `PRODUCER_FENCED`
    pub const PRODUCER_FENCED: Self = Self(90);
    /// `RESOURCE_NOT_FOUND`
    pub const RESOURCE_NOT_FOUND: Self = Self(91);
    /// `DUPLICATE_RESOURCE`
    pub const DUPLICATE_RESOURCE: Self = Self(92);
    /// `UNACCEPTABLE_CREDENTIAL`
    pub const UNACCEPTABLE_CREDENTIAL: Self = Self(93);
    /// `INCONSISTENT_VOTER_SET`
    pub const INCONSISTENT_VOTER_SET: Self = Self(94);
    /// `INVALID_UPDATE_VERSION`
    pub const INVALID_UPDATE_VERSION: Self = Self(95);
    /// `FEATURE_UPDATE_FAILED`
    pub const FEATURE_UPDATE_FAILED: Self = Self(96);
    /// `PRINCIPAL_DESERIALIZATION_FAILURE`
    pub const PRINCIPAL_DESERIALIZATION_FAILURE: Self = Self(97);
    /// `SNAPSHOT_NOT_FOUND`
    pub const SNAPSHOT_NOT_FOUND: Self = Self(98);
    /// `POSITION_OUT_OF_RANGE`
    pub const POSITION_OUT_OF_RANGE: Self = Self(99);
    /// `UNKNOWN_TOPIC_ID`
    pub const UNKNOWN_TOPIC_ID: Self = Self(100);
    /// `DUPLICATE_BROKER_REGISTRATION`
    pub const DUPLICATE_BROKER_REGISTRATION: Self = Self(101);
    /// `BROKER_ID_NOT_REGISTERED`
    pub const BROKER_ID_NOT_REGISTERED: Self = Self(102);
    /// `INCONSISTENT_TOPIC_ID`
    pub const INCONSISTENT_TOPIC_ID: Self = Self(103);
    /// `INCONSISTENT_CLUSTER_ID`
    pub const INCONSISTENT_CLUSTER_ID: Self = Self(104);
    /// `TRANSACTIONAL_ID_NOT_FOUND`
    pub const TRANSACTIONAL_ID_NOT_FOUND: Self = Self(105);
    /// `FETCH_SESSION_TOPIC_ID_ERROR`
    pub const FETCH_SESSION_TOPIC_ID_ERROR: Self = Self(106);
    /// `INELIGIBLE_REPLICA`
    pub const INELIGIBLE_REPLICA: Self = Self(107);
    /// `NEW_LEADER_ELECTED`
    pub const NEW_LEADER_ELECTED: Self = Self(108);
    /// `OFFSET_MOVED_TO_TIERED_STORAGE`
    pub const OFFSET_MOVED_TO_TIERED_STORAGE: Self = Self(109);
    /// `FENCED_MEMBER_EPOCH`
    pub const FENCED_MEMBER_EPOCH: Self = Self(110);
    /// `UNRELEASED_INSTANCE_ID`
    pub const UNRELEASED_INSTANCE_ID: Self = Self(111);
    /// `UNSUPPORTED_ASSIGNOR`
    pub const UNSUPPORTED_ASSIGNOR: Self = Self(112);
    /// `STALE_MEMBER_EPOCH`
    pub const STALE_MEMBER_EPOCH: Self = Self(113);
    /// `MISMATCHED_ENDPOINT_TYPE`
    pub const MISMATCHED_ENDPOINT_TYPE: Self = Self(114);
    /// `UNSUPPORTED_ENDPOINT_TYPE`
    pub const UNSUPPORTED_ENDPOINT_TYPE: Self = Self(115);
    /// `UNKNOWN_CONTROLLER_ID`
    pub const UNKNOWN_CONTROLLER_ID: Self = Self(116);
    /// `UNKNOWN_SUBSCRIPTION_ID`
    pub const UNKNOWN_SUBSCRIPTION_ID: Self = Self(117);
    /// `TELEMETRY_TOO_LARGE`
    pub const TELEMETRY_TOO_LARGE: Self = Self(118);
    /// `INVALID_REGISTRATION`
    pub const INVALID_REGISTRATION: Self = Self(119);
    /// `TRANSACTION_ABORTABLE`
    pub const TRANSACTION_ABORTABLE: Self = Self(120);
    /// `INVALID_RECORD_STATE`
    pub const INVALID_RECORD_STATE: Self = Self(121);
    /// `SHARE_SESSION_NOT_FOUND`
    pub const SHARE_SESSION_NOT_FOUND: Self = Self(122);
    /// `INVALID_SHARE_SESSION_EPOCH`
    pub const INVALID_SHARE_SESSION_EPOCH: Self = Self(123);
    /// `FENCED_STATE_EPOCH`
    pub const FENCED_STATE_EPOCH: Self = Self(124);
    /// `INVALID_VOTER_KEY`
    pub const INVALID_VOTER_KEY: Self = Self(125);
    /// `DUPLICATE_VOTER`
    pub const DUPLICATE_VOTER: Self = Self(126);
    /// `VOTER_NOT_FOUND`
    pub const VOTER_NOT_FOUND: Self = Self(127);
    /// `INVALID_REGULAR_EXPRESSION`
    pub const INVALID_REGULAR_EXPRESSION: Self = Self(128);
    /// `REBOOTSTRAP_REQUIRED`
    pub const REBOOTSTRAP_REQUIRED: Self = Self(129);
    /// `STREAMS_INVALID_TOPOLOGY`
    pub const STREAMS_INVALID_TOPOLOGY: Self = Self(130);
    /// `STREAMS_INVALID_TOPOLOGY_EPOCH`
    pub const STREAMS_INVALID_TOPOLOGY_EPOCH: Self = Self(131);
    /// `STREAMS_TOPOLOGY_FENCED`
    pub const STREAMS_TOPOLOGY_FENCED: Self = Self(132);
    /// `SHARE_SESSION_LIMIT_REACHED`
    pub const SHARE_SESSION_LIMIT_REACHED: Self = Self(133);
}

/// Number, name, and whether Kafka's own client retries, in order of the number.
pub(crate) static ERRORS: &[(i16, &str, bool)] = &[
    (-1, "UNKNOWN_SERVER_ERROR", false),
    (0, "NONE", false),
    (1, "OFFSET_OUT_OF_RANGE", false),
    (2, "CORRUPT_MESSAGE", true),
    (3, "UNKNOWN_TOPIC_OR_PARTITION", true),
    (4, "INVALID_FETCH_SIZE", false),
    (5, "LEADER_NOT_AVAILABLE", true),
    (6, "NOT_LEADER_OR_FOLLOWER", true),
    (7, "REQUEST_TIMED_OUT", true),
    (8, "BROKER_NOT_AVAILABLE", false),
    (9, "REPLICA_NOT_AVAILABLE", true),
    (10, "MESSAGE_TOO_LARGE", false),
    (11, "STALE_CONTROLLER_EPOCH", false),
    (12, "OFFSET_METADATA_TOO_LARGE", false),
    (13, "NETWORK_EXCEPTION", true),
    (14, "COORDINATOR_LOAD_IN_PROGRESS", true),
    (15, "COORDINATOR_NOT_AVAILABLE", true),
    (16, "NOT_COORDINATOR", true),
    (17, "INVALID_TOPIC_EXCEPTION", false),
    (18, "RECORD_LIST_TOO_LARGE", false),
    (19, "NOT_ENOUGH_REPLICAS", true),
    (20, "NOT_ENOUGH_REPLICAS_AFTER_APPEND", true),
    (21, "INVALID_REQUIRED_ACKS", false),
    (22, "ILLEGAL_GENERATION", false),
    (23, "INCONSISTENT_GROUP_PROTOCOL", false),
    (24, "INVALID_GROUP_ID", false),
    (25, "UNKNOWN_MEMBER_ID", false),
    (26, "INVALID_SESSION_TIMEOUT", false),
    (27, "REBALANCE_IN_PROGRESS", false),
    (28, "INVALID_COMMIT_OFFSET_SIZE", false),
    (29, "TOPIC_AUTHORIZATION_FAILED", false),
    (30, "GROUP_AUTHORIZATION_FAILED", false),
    (31, "CLUSTER_AUTHORIZATION_FAILED", false),
    (32, "INVALID_TIMESTAMP", false),
    (33, "UNSUPPORTED_SASL_MECHANISM", false),
    (34, "ILLEGAL_SASL_STATE", false),
    (35, "UNSUPPORTED_VERSION", false),
    (36, "TOPIC_ALREADY_EXISTS", false),
    (37, "INVALID_PARTITIONS", false),
    (38, "INVALID_REPLICATION_FACTOR", false),
    (39, "INVALID_REPLICA_ASSIGNMENT", false),
    (40, "INVALID_CONFIG", false),
    (41, "NOT_CONTROLLER", true),
    (42, "INVALID_REQUEST", false),
    (43, "UNSUPPORTED_FOR_MESSAGE_FORMAT", false),
    (44, "POLICY_VIOLATION", false),
    (45, "OUT_OF_ORDER_SEQUENCE_NUMBER", false),
    (46, "DUPLICATE_SEQUENCE_NUMBER", false),
    (47, "INVALID_PRODUCER_EPOCH", false),
    (48, "INVALID_TXN_STATE", false),
    (49, "INVALID_PRODUCER_ID_MAPPING", false),
    (50, "INVALID_TRANSACTION_TIMEOUT", false),
    (51, "CONCURRENT_TRANSACTIONS", true),
    (52, "TRANSACTION_COORDINATOR_FENCED", false),
    (53, "TRANSACTIONAL_ID_AUTHORIZATION_FAILED", false),
    (54, "SECURITY_DISABLED", false),
    (55, "OPERATION_NOT_ATTEMPTED", false),
    (56, "KAFKA_STORAGE_ERROR", true),
    (57, "LOG_DIR_NOT_FOUND", false),
    (58, "SASL_AUTHENTICATION_FAILED", false),
    (59, "UNKNOWN_PRODUCER_ID", false),
    (60, "REASSIGNMENT_IN_PROGRESS", false),
    (61, "DELEGATION_TOKEN_AUTH_DISABLED", false),
    (62, "DELEGATION_TOKEN_NOT_FOUND", false),
    (63, "DELEGATION_TOKEN_OWNER_MISMATCH", false),
    (64, "DELEGATION_TOKEN_REQUEST_NOT_ALLOWED", false),
    (65, "DELEGATION_TOKEN_AUTHORIZATION_FAILED", false),
    (66, "DELEGATION_TOKEN_EXPIRED", false),
    (67, "INVALID_PRINCIPAL_TYPE", false),
    (68, "NON_EMPTY_GROUP", false),
    (69, "GROUP_ID_NOT_FOUND", false),
    (70, "FETCH_SESSION_ID_NOT_FOUND", true),
    (71, "INVALID_FETCH_SESSION_EPOCH", true),
    (72, "LISTENER_NOT_FOUND", true),
    (73, "TOPIC_DELETION_DISABLED", false),
    (74, "FENCED_LEADER_EPOCH", true),
    (75, "UNKNOWN_LEADER_EPOCH", true),
    (76, "UNSUPPORTED_COMPRESSION_TYPE", false),
    (77, "STALE_BROKER_EPOCH", false),
    (78, "OFFSET_NOT_AVAILABLE", true),
    (79, "MEMBER_ID_REQUIRED", false),
    (80, "PREFERRED_LEADER_NOT_AVAILABLE", true),
    (81, "GROUP_MAX_SIZE_REACHED", false),
    (82, "FENCED_INSTANCE_ID", false),
    (83, "ELIGIBLE_LEADERS_NOT_AVAILABLE", true),
    (84, "ELECTION_NOT_NEEDED", true),
    (85, "NO_REASSIGNMENT_IN_PROGRESS", false),
    (86, "GROUP_SUBSCRIBED_TO_TOPIC", false),
    (87, "INVALID_RECORD", false),
    (88, "UNSTABLE_OFFSET_COMMIT", true),
    (89, "THROTTLING_QUOTA_EXCEEDED", true),
    (90, "PRODUCER_FENCED", false),
    (91, "RESOURCE_NOT_FOUND", false),
    (92, "DUPLICATE_RESOURCE", false),
    (93, "UNACCEPTABLE_CREDENTIAL", false),
    (94, "INCONSISTENT_VOTER_SET", false),
    (95, "INVALID_UPDATE_VERSION", false),
    (96, "FEATURE_UPDATE_FAILED", false),
    (97, "PRINCIPAL_DESERIALIZATION_FAILURE", false),
    (98, "SNAPSHOT_NOT_FOUND", false),
    (99, "POSITION_OUT_OF_RANGE", false),
    (100, "UNKNOWN_TOPIC_ID", true),
    (101, "DUPLICATE_BROKER_REGISTRATION", false),
    (102, "BROKER_ID_NOT_REGISTERED", false),
    (103, "INCONSISTENT_TOPIC_ID", true),
    (104, "INCONSISTENT_CLUSTER_ID", false),
    (105, "TRANSACTIONAL_ID_NOT_FOUND", false),
    (106, "FETCH_SESSION_TOPIC_ID_ERROR", true),
    (107, "INELIGIBLE_REPLICA", false),
    (108, "NEW_LEADER_ELECTED", false),
    (109, "OFFSET_MOVED_TO_TIERED_STORAGE", false),
    (110, "FENCED_MEMBER_EPOCH", false),
    (111, "UNRELEASED_INSTANCE_ID", false),
    (112, "UNSUPPORTED_ASSIGNOR", false),
    (113, "STALE_MEMBER_EPOCH", false),
    (114, "MISMATCHED_ENDPOINT_TYPE", false),
    (115, "UNSUPPORTED_ENDPOINT_TYPE", false),
    (116, "UNKNOWN_CONTROLLER_ID", false),
    (117, "UNKNOWN_SUBSCRIPTION_ID", false),
    (118, "TELEMETRY_TOO_LARGE", false),
    (119, "INVALID_REGISTRATION", false),
    (120, "TRANSACTION_ABORTABLE", false),
    (121, "INVALID_RECORD_STATE", false),
    (122, "SHARE_SESSION_NOT_FOUND", true),
    (123, "INVALID_SHARE_SESSION_EPOCH", true),
    (124, "FENCED_STATE_EPOCH", false),
    (125, "INVALID_VOTER_KEY", false),
    (126, "DUPLICATE_VOTER", false),
    (127, "VOTER_NOT_FOUND", false),
    (128, "INVALID_REGULAR_EXPRESSION", false),
    (129, "REBOOTSTRAP_REQUIRED", false),
    (130, "STREAMS_INVALID_TOPOLOGY", false),
    (131, "STREAMS_INVALID_TOPOLOGY_EPOCH", false),
    (132, "STREAMS_TOPOLOGY_FENCED", false),
    (133, "SHARE_SESSION_LIMIT_REACHED", true),
];
