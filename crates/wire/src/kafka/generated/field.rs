//! A constant per field name.
//!
//! Written by `cargo xtask codegen` from the message definitions of Apache Kafka 4.3.1
//! (Apache-2.0, see NOTICE). Not to be edited by hand.

use crate::kafka::codec::schema::Field;

/// `AbortedTransactions`
pub const ABORTED_TRANSACTIONS: Field = Field::new(0);
/// `AcceptableRecoveryLag`
pub const ACCEPTABLE_RECOVERY_LAG: Field = Field::new(1);
/// `AcceptedCompressionTypes`
pub const ACCEPTED_COMPRESSION_TYPES: Field = Field::new(2);
/// `AckWhenCommitted`
pub const ACK_WHEN_COMMITTED: Field = Field::new(3);
/// `AcknowledgeErrorCode`
pub const ACKNOWLEDGE_ERROR_CODE: Field = Field::new(4);
/// `AcknowledgeErrorMessage`
pub const ACKNOWLEDGE_ERROR_MESSAGE: Field = Field::new(5);
/// `AcknowledgeTypes`
pub const ACKNOWLEDGE_TYPES: Field = Field::new(6);
/// `AcknowledgementBatches`
pub const ACKNOWLEDGEMENT_BATCHES: Field = Field::new(7);
/// `Acks`
pub const ACKS: Field = Field::new(8);
/// `Acls`
pub const ACLS: Field = Field::new(9);
/// `AcquiredRecords`
pub const ACQUIRED_RECORDS: Field = Field::new(10);
/// `AcquisitionLockTimeoutMs`
pub const ACQUISITION_LOCK_TIMEOUT_MS: Field = Field::new(11);
/// `ActivePartitions`
pub const ACTIVE_PARTITIONS: Field = Field::new(12);
/// `ActiveProducers`
pub const ACTIVE_PRODUCERS: Field = Field::new(13);
/// `ActiveTasks`
pub const ACTIVE_TASKS: Field = Field::new(14);
/// `AddingReplicas`
pub const ADDING_REPLICAS: Field = Field::new(15);
/// `AllowAutoTopicCreation`
pub const ALLOW_AUTO_TOPIC_CREATION: Field = Field::new(16);
/// `AllowDowngrade`
pub const ALLOW_DOWNGRADE: Field = Field::new(17);
/// `AllowReplicationFactorChange`
pub const ALLOW_REPLICATION_FACTOR_CHANGE: Field = Field::new(18);
/// `ApiKey`
pub const API_KEY: Field = Field::new(19);
/// `ApiKeys`
pub const API_KEYS: Field = Field::new(20);
/// `Assignment`
pub const ASSIGNMENT: Field = Field::new(21);
/// `AssignmentEpoch`
pub const ASSIGNMENT_EPOCH: Field = Field::new(22);
/// `Assignments`
pub const ASSIGNMENTS: Field = Field::new(23);
/// `AssignorName`
pub const ASSIGNOR_NAME: Field = Field::new(24);
/// `AuthBytes`
pub const AUTH_BYTES: Field = Field::new(25);
/// `AuthorizedOperations`
pub const AUTHORIZED_OPERATIONS: Field = Field::new(26);
/// `BaseOffset`
pub const BASE_OFFSET: Field = Field::new(27);
/// `BatchIndex`
pub const BATCH_INDEX: Field = Field::new(28);
/// `BatchIndexErrorMessage`
pub const BATCH_INDEX_ERROR_MESSAGE: Field = Field::new(29);
/// `BatchSize`
pub const BATCH_SIZE: Field = Field::new(30);
/// `BrokerId`
pub const BROKER_ID: Field = Field::new(31);
/// `BrokerIds`
pub const BROKER_IDS: Field = Field::new(32);
/// `Brokers`
pub const BROKERS: Field = Field::new(33);
/// `ClientHost`
pub const CLIENT_HOST: Field = Field::new(34);
/// `ClientId`
pub const CLIENT_ID: Field = Field::new(35);
/// `ClientInstanceId`
pub const CLIENT_INSTANCE_ID: Field = Field::new(36);
/// `ClientSoftwareName`
pub const CLIENT_SOFTWARE_NAME: Field = Field::new(37);
/// `ClientSoftwareVersion`
pub const CLIENT_SOFTWARE_VERSION: Field = Field::new(38);
/// `ClientTags`
pub const CLIENT_TAGS: Field = Field::new(39);
/// `ClusterAuthorizedOperations`
pub const CLUSTER_AUTHORIZED_OPERATIONS: Field = Field::new(40);
/// `ClusterId`
pub const CLUSTER_ID: Field = Field::new(41);
/// `Committed`
pub const COMMITTED: Field = Field::new(42);
/// `CommittedLeaderEpoch`
pub const COMMITTED_LEADER_EPOCH: Field = Field::new(43);
/// `CommittedMetadata`
pub const COMMITTED_METADATA: Field = Field::new(44);
/// `CommittedOffset`
pub const COMMITTED_OFFSET: Field = Field::new(45);
/// `Components`
pub const COMPONENTS: Field = Field::new(46);
/// `CompressionType`
pub const COMPRESSION_TYPE: Field = Field::new(47);
/// `ConfigOperation`
pub const CONFIG_OPERATION: Field = Field::new(48);
/// `ConfigResources`
pub const CONFIG_RESOURCES: Field = Field::new(49);
/// `ConfigSource`
pub const CONFIG_SOURCE: Field = Field::new(50);
/// `ConfigType`
pub const CONFIG_TYPE: Field = Field::new(51);
/// `Configs`
pub const CONFIGS: Field = Field::new(52);
/// `ConfigurationKeys`
pub const CONFIGURATION_KEYS: Field = Field::new(53);
/// `ControllerId`
pub const CONTROLLER_ID: Field = Field::new(54);
/// `CoordinatorEpoch`
pub const COORDINATOR_EPOCH: Field = Field::new(55);
/// `CoordinatorKeys`
pub const COORDINATOR_KEYS: Field = Field::new(56);
/// `Coordinators`
pub const COORDINATORS: Field = Field::new(57);
/// `CopartitionGroups`
pub const COPARTITION_GROUPS: Field = Field::new(58);
/// `Count`
pub const COUNT: Field = Field::new(59);
/// `Creations`
pub const CREATIONS: Field = Field::new(60);
/// `CredentialInfos`
pub const CREDENTIAL_INFOS: Field = Field::new(61);
/// `CurrentLeader`
pub const CURRENT_LEADER: Field = Field::new(62);
/// `CurrentLeaderEpoch`
pub const CURRENT_LEADER_EPOCH: Field = Field::new(63);
/// `CurrentTxnStartOffset`
pub const CURRENT_TXN_START_OFFSET: Field = Field::new(64);
/// `CurrentVoters`
pub const CURRENT_VOTERS: Field = Field::new(65);
/// `Cursor`
pub const CURSOR: Field = Field::new(66);
/// `Deletions`
pub const DELETIONS: Field = Field::new(67);
/// `DeliveryCompleteCount`
pub const DELIVERY_COMPLETE_COUNT: Field = Field::new(68);
/// `DeliveryCount`
pub const DELIVERY_COUNT: Field = Field::new(69);
/// `DeliveryState`
pub const DELIVERY_STATE: Field = Field::new(70);
/// `DeltaTemporality`
pub const DELTA_TEMPORALITY: Field = Field::new(71);
/// `Dirs`
pub const DIRS: Field = Field::new(72);
/// `DivergingEpoch`
pub const DIVERGING_EPOCH: Field = Field::new(73);
/// `Documentation`
pub const DOCUMENTATION: Field = Field::new(74);
/// `DurationFilter`
pub const DURATION_FILTER: Field = Field::new(75);
/// `ElectionType`
pub const ELECTION_TYPE: Field = Field::new(76);
/// `EligibleLeaderReplicas`
pub const ELIGIBLE_LEADER_REPLICAS: Field = Field::new(77);
/// `EndOffset`
pub const END_OFFSET: Field = Field::new(78);
/// `EndpointInformationEpoch`
pub const ENDPOINT_INFORMATION_EPOCH: Field = Field::new(79);
/// `EndpointType`
pub const ENDPOINT_TYPE: Field = Field::new(80);
/// `Entity`
pub const ENTITY: Field = Field::new(81);
/// `EntityName`
pub const ENTITY_NAME: Field = Field::new(82);
/// `EntityType`
pub const ENTITY_TYPE: Field = Field::new(83);
/// `Entries`
pub const ENTRIES: Field = Field::new(84);
/// `Epoch`
pub const EPOCH: Field = Field::new(85);
/// `ErrorCode`
pub const ERROR_CODE: Field = Field::new(86);
/// `ErrorMessage`
pub const ERROR_MESSAGE: Field = Field::new(87);
/// `ExpiryTimePeriodMs`
pub const EXPIRY_TIME_PERIOD_MS: Field = Field::new(88);
/// `ExpiryTimestamp`
pub const EXPIRY_TIMESTAMP: Field = Field::new(89);
/// `ExpiryTimestampMs`
pub const EXPIRY_TIMESTAMP_MS: Field = Field::new(90);
/// `Feature`
pub const FEATURE: Field = Field::new(91);
/// `FeatureUpdates`
pub const FEATURE_UPDATES: Field = Field::new(92);
/// `FetchOffset`
pub const FETCH_OFFSET: Field = Field::new(93);
/// `FilterResults`
pub const FILTER_RESULTS: Field = Field::new(94);
/// `Filters`
pub const FILTERS: Field = Field::new(95);
/// `FinalizedFeatures`
pub const FINALIZED_FEATURES: Field = Field::new(96);
/// `FinalizedFeaturesEpoch`
pub const FINALIZED_FEATURES_EPOCH: Field = Field::new(97);
/// `FirstOffset`
pub const FIRST_OFFSET: Field = Field::new(98);
/// `ForgottenTopicsData`
pub const FORGOTTEN_TOPICS_DATA: Field = Field::new(99);
/// `GenerationId`
pub const GENERATION_ID: Field = Field::new(100);
/// `GenerationIdOrMemberEpoch`
pub const GENERATION_ID_OR_MEMBER_EPOCH: Field = Field::new(101);
/// `GroupEpoch`
pub const GROUP_EPOCH: Field = Field::new(102);
/// `GroupId`
pub const GROUP_ID: Field = Field::new(103);
/// `GroupIds`
pub const GROUP_IDS: Field = Field::new(104);
/// `GroupInstanceId`
pub const GROUP_INSTANCE_ID: Field = Field::new(105);
/// `GroupState`
pub const GROUP_STATE: Field = Field::new(106);
/// `GroupType`
pub const GROUP_TYPE: Field = Field::new(107);
/// `Groups`
pub const GROUPS: Field = Field::new(108);
/// `GroupsNames`
pub const GROUPS_NAMES: Field = Field::new(109);
/// `HeartbeatIntervalMs`
pub const HEARTBEAT_INTERVAL_MS: Field = Field::new(110);
/// `HighWatermark`
pub const HIGH_WATERMARK: Field = Field::new(111);
/// `Hmac`
pub const HMAC: Field = Field::new(112);
/// `Host`
pub const HOST: Field = Field::new(113);
/// `HostFilter`
pub const HOST_FILTER: Field = Field::new(114);
/// `IncludeAuthorizedOperations`
pub const INCLUDE_AUTHORIZED_OPERATIONS: Field = Field::new(115);
/// `IncludeClusterAuthorizedOperations`
pub const INCLUDE_CLUSTER_AUTHORIZED_OPERATIONS: Field = Field::new(116);
/// `IncludeDocumentation`
pub const INCLUDE_DOCUMENTATION: Field = Field::new(117);
/// `IncludeFencedBrokers`
pub const INCLUDE_FENCED_BROKERS: Field = Field::new(118);
/// `IncludeSynonyms`
pub const INCLUDE_SYNONYMS: Field = Field::new(119);
/// `IncludeTopicAuthorizedOperations`
pub const INCLUDE_TOPIC_AUTHORIZED_OPERATIONS: Field = Field::new(120);
/// `Index`
pub const INDEX: Field = Field::new(121);
/// `InstanceId`
pub const INSTANCE_ID: Field = Field::new(122);
/// `IsClassic`
pub const IS_CLASSIC: Field = Field::new(123);
/// `IsCordoned`
pub const IS_CORDONED: Field = Field::new(124);
/// `IsFenced`
pub const IS_FENCED: Field = Field::new(125);
/// `IsFutureKey`
pub const IS_FUTURE_KEY: Field = Field::new(126);
/// `IsInternal`
pub const IS_INTERNAL: Field = Field::new(127);
/// `IsRenewAck`
pub const IS_RENEW_ACK: Field = Field::new(128);
/// `IsSensitive`
pub const IS_SENSITIVE: Field = Field::new(129);
/// `IsolationLevel`
pub const ISOLATION_LEVEL: Field = Field::new(130);
/// `IsrNodes`
pub const ISR_NODES: Field = Field::new(131);
/// `IssueTimestamp`
pub const ISSUE_TIMESTAMP: Field = Field::new(132);
/// `IssueTimestampMs`
pub const ISSUE_TIMESTAMP_MS: Field = Field::new(133);
/// `Iterations`
pub const ITERATIONS: Field = Field::new(134);
/// `Key`
pub const KEY: Field = Field::new(135);
/// `KeyType`
pub const KEY_TYPE: Field = Field::new(136);
/// `Lag`
pub const LAG: Field = Field::new(137);
/// `LastCaughtUpTimestamp`
pub const LAST_CAUGHT_UP_TIMESTAMP: Field = Field::new(138);
/// `LastFetchTimestamp`
pub const LAST_FETCH_TIMESTAMP: Field = Field::new(139);
/// `LastFetchedEpoch`
pub const LAST_FETCHED_EPOCH: Field = Field::new(140);
/// `LastKnownElr`
pub const LAST_KNOWN_ELR: Field = Field::new(141);
/// `LastOffset`
pub const LAST_OFFSET: Field = Field::new(142);
/// `LastSequence`
pub const LAST_SEQUENCE: Field = Field::new(143);
/// `LastStableOffset`
pub const LAST_STABLE_OFFSET: Field = Field::new(144);
/// `LastTimestamp`
pub const LAST_TIMESTAMP: Field = Field::new(145);
/// `Leader`
pub const LEADER: Field = Field::new(146);
/// `LeaderEpoch`
pub const LEADER_EPOCH: Field = Field::new(147);
/// `LeaderId`
pub const LEADER_ID: Field = Field::new(148);
/// `Listeners`
pub const LISTENERS: Field = Field::new(149);
/// `LogAppendTimeMs`
pub const LOG_APPEND_TIME_MS: Field = Field::new(150);
/// `LogDir`
pub const LOG_DIR: Field = Field::new(151);
/// `LogEndOffset`
pub const LOG_END_OFFSET: Field = Field::new(152);
/// `LogStartOffset`
pub const LOG_START_OFFSET: Field = Field::new(153);
/// `LowWatermark`
pub const LOW_WATERMARK: Field = Field::new(154);
/// `Markers`
pub const MARKERS: Field = Field::new(155);
/// `Match`
pub const MATCH: Field = Field::new(156);
/// `MatchType`
pub const MATCH_TYPE: Field = Field::new(157);
/// `MatchingAcls`
pub const MATCHING_ACLS: Field = Field::new(158);
/// `MaxBytes`
pub const MAX_BYTES: Field = Field::new(159);
/// `MaxLifetimeMs`
pub const MAX_LIFETIME_MS: Field = Field::new(160);
/// `MaxRecords`
pub const MAX_RECORDS: Field = Field::new(161);
/// `MaxTimestamp`
pub const MAX_TIMESTAMP: Field = Field::new(162);
/// `MaxTimestampMs`
pub const MAX_TIMESTAMP_MS: Field = Field::new(163);
/// `MaxVersion`
pub const MAX_VERSION: Field = Field::new(164);
/// `MaxVersionLevel`
pub const MAX_VERSION_LEVEL: Field = Field::new(165);
/// `MaxWaitMs`
pub const MAX_WAIT_MS: Field = Field::new(166);
/// `Mechanism`
pub const MECHANISM: Field = Field::new(167);
/// `Mechanisms`
pub const MECHANISMS: Field = Field::new(168);
/// `MemberAssignment`
pub const MEMBER_ASSIGNMENT: Field = Field::new(169);
/// `MemberEpoch`
pub const MEMBER_EPOCH: Field = Field::new(170);
/// `MemberId`
pub const MEMBER_ID: Field = Field::new(171);
/// `MemberMetadata`
pub const MEMBER_METADATA: Field = Field::new(172);
/// `MemberType`
pub const MEMBER_TYPE: Field = Field::new(173);
/// `Members`
pub const MEMBERS: Field = Field::new(174);
/// `Metadata`
pub const METADATA: Field = Field::new(175);
/// `Metrics`
pub const METRICS: Field = Field::new(176);
/// `MinBytes`
pub const MIN_BYTES: Field = Field::new(177);
/// `MinVersion`
pub const MIN_VERSION: Field = Field::new(178);
/// `MinVersionLevel`
pub const MIN_VERSION_LEVEL: Field = Field::new(179);
/// `Name`
pub const NAME: Field = Field::new(180);
/// `NextCursor`
pub const NEXT_CURSOR: Field = Field::new(181);
/// `NodeEndpoints`
pub const NODE_ENDPOINTS: Field = Field::new(182);
/// `NodeId`
pub const NODE_ID: Field = Field::new(183);
/// `Nodes`
pub const NODES: Field = Field::new(184);
/// `NumPartitions`
pub const NUM_PARTITIONS: Field = Field::new(185);
/// `Observers`
pub const OBSERVERS: Field = Field::new(186);
/// `OfflineReplicas`
pub const OFFLINE_REPLICAS: Field = Field::new(187);
/// `Offset`
pub const OFFSET: Field = Field::new(188);
/// `OffsetLag`
pub const OFFSET_LAG: Field = Field::new(189);
/// `Operation`
pub const OPERATION: Field = Field::new(190);
/// `Ops`
pub const OPS: Field = Field::new(191);
/// `OwnerPrincipalName`
pub const OWNER_PRINCIPAL_NAME: Field = Field::new(192);
/// `OwnerPrincipalType`
pub const OWNER_PRINCIPAL_TYPE: Field = Field::new(193);
/// `Owners`
pub const OWNERS: Field = Field::new(194);
/// `Partition`
pub const PARTITION: Field = Field::new(195);
/// `PartitionData`
pub const PARTITION_DATA: Field = Field::new(196);
/// `PartitionErrorCode`
pub const PARTITION_ERROR_CODE: Field = Field::new(197);
/// `PartitionId`
pub const PARTITION_ID: Field = Field::new(198);
/// `PartitionIndex`
pub const PARTITION_INDEX: Field = Field::new(199);
/// `PartitionIndexes`
pub const PARTITION_INDEXES: Field = Field::new(200);
/// `PartitionMaxBytes`
pub const PARTITION_MAX_BYTES: Field = Field::new(201);
/// `PartitionResponses`
pub const PARTITION_RESPONSES: Field = Field::new(202);
/// `PartitionResult`
pub const PARTITION_RESULT: Field = Field::new(203);
/// `PartitionSize`
pub const PARTITION_SIZE: Field = Field::new(204);
/// `Partitions`
pub const PARTITIONS: Field = Field::new(205);
/// `PartitionsByUserEndpoint`
pub const PARTITIONS_BY_USER_ENDPOINT: Field = Field::new(206);
/// `Path`
pub const PATH: Field = Field::new(207);
/// `PatternType`
pub const PATTERN_TYPE: Field = Field::new(208);
/// `PatternTypeFilter`
pub const PATTERN_TYPE_FILTER: Field = Field::new(209);
/// `PermissionType`
pub const PERMISSION_TYPE: Field = Field::new(210);
/// `Port`
pub const PORT: Field = Field::new(211);
/// `PreferredReadReplica`
pub const PREFERRED_READ_REPLICA: Field = Field::new(212);
/// `Principal`
pub const PRINCIPAL: Field = Field::new(213);
/// `PrincipalFilter`
pub const PRINCIPAL_FILTER: Field = Field::new(214);
/// `PrincipalName`
pub const PRINCIPAL_NAME: Field = Field::new(215);
/// `PrincipalType`
pub const PRINCIPAL_TYPE: Field = Field::new(216);
/// `ProcessId`
pub const PROCESS_ID: Field = Field::new(217);
/// `ProducerEpoch`
pub const PRODUCER_EPOCH: Field = Field::new(218);
/// `ProducerId`
pub const PRODUCER_ID: Field = Field::new(219);
/// `ProducerIdFilters`
pub const PRODUCER_ID_FILTERS: Field = Field::new(220);
/// `ProtocolData`
pub const PROTOCOL_DATA: Field = Field::new(221);
/// `ProtocolName`
pub const PROTOCOL_NAME: Field = Field::new(222);
/// `ProtocolType`
pub const PROTOCOL_TYPE: Field = Field::new(223);
/// `Protocols`
pub const PROTOCOLS: Field = Field::new(224);
/// `PushIntervalMs`
pub const PUSH_INTERVAL_MS: Field = Field::new(225);
/// `Rack`
pub const RACK: Field = Field::new(226);
/// `RackId`
pub const RACK_ID: Field = Field::new(227);
/// `ReadOnly`
pub const READ_ONLY: Field = Field::new(228);
/// `Reason`
pub const REASON: Field = Field::new(229);
/// `RebalanceTimeoutMs`
pub const REBALANCE_TIMEOUT_MS: Field = Field::new(230);
/// `RecordErrors`
pub const RECORD_ERRORS: Field = Field::new(231);
/// `Records`
pub const RECORDS: Field = Field::new(232);
/// `Remove`
pub const REMOVE: Field = Field::new(233);
/// `RemovingReplicas`
pub const REMOVING_REPLICAS: Field = Field::new(234);
/// `RenewPeriodMs`
pub const RENEW_PERIOD_MS: Field = Field::new(235);
/// `Renewers`
pub const RENEWERS: Field = Field::new(236);
/// `RepartitionSinkTopics`
pub const REPARTITION_SINK_TOPICS: Field = Field::new(237);
/// `RepartitionSourceTopics`
pub const REPARTITION_SOURCE_TOPICS: Field = Field::new(238);
/// `ReplicaDirectoryId`
pub const REPLICA_DIRECTORY_ID: Field = Field::new(239);
/// `ReplicaElectionResults`
pub const REPLICA_ELECTION_RESULTS: Field = Field::new(240);
/// `ReplicaEpoch`
pub const REPLICA_EPOCH: Field = Field::new(241);
/// `ReplicaId`
pub const REPLICA_ID: Field = Field::new(242);
/// `ReplicaNodes`
pub const REPLICA_NODES: Field = Field::new(243);
/// `ReplicaState`
pub const REPLICA_STATE: Field = Field::new(244);
/// `Replicas`
pub const REPLICAS: Field = Field::new(245);
/// `ReplicationFactor`
pub const REPLICATION_FACTOR: Field = Field::new(246);
/// `RequestedMetrics`
pub const REQUESTED_METRICS: Field = Field::new(247);
/// `RequireStable`
pub const REQUIRE_STABLE: Field = Field::new(248);
/// `ResourceName`
pub const RESOURCE_NAME: Field = Field::new(249);
/// `ResourceNameFilter`
pub const RESOURCE_NAME_FILTER: Field = Field::new(250);
/// `ResourcePatternType`
pub const RESOURCE_PATTERN_TYPE: Field = Field::new(251);
/// `ResourceType`
pub const RESOURCE_TYPE: Field = Field::new(252);
/// `ResourceTypeFilter`
pub const RESOURCE_TYPE_FILTER: Field = Field::new(253);
/// `ResourceTypes`
pub const RESOURCE_TYPES: Field = Field::new(254);
/// `Resources`
pub const RESOURCES: Field = Field::new(255);
/// `ResponsePartitionLimit`
pub const RESPONSE_PARTITION_LIMIT: Field = Field::new(256);
/// `Responses`
pub const RESPONSES: Field = Field::new(257);
/// `Results`
pub const RESULTS: Field = Field::new(258);
/// `ResultsByPartition`
pub const RESULTS_BY_PARTITION: Field = Field::new(259);
/// `ResultsByTopicV3AndBelow`
pub const RESULTS_BY_TOPIC_V3_AND_BELOW: Field = Field::new(260);
/// `ResultsByTransaction`
pub const RESULTS_BY_TRANSACTION: Field = Field::new(261);
/// `RetentionTimeMs`
pub const RETENTION_TIME_MS: Field = Field::new(262);
/// `Salt`
pub const SALT: Field = Field::new(263);
/// `SaltedPassword`
pub const SALTED_PASSWORD: Field = Field::new(264);
/// `ServerAssignor`
pub const SERVER_ASSIGNOR: Field = Field::new(265);
/// `SessionEpoch`
pub const SESSION_EPOCH: Field = Field::new(266);
/// `SessionId`
pub const SESSION_ID: Field = Field::new(267);
/// `SessionLifetimeMs`
pub const SESSION_LIFETIME_MS: Field = Field::new(268);
/// `SessionTimeoutMs`
pub const SESSION_TIMEOUT_MS: Field = Field::new(269);
/// `ShareAcquireMode`
pub const SHARE_ACQUIRE_MODE: Field = Field::new(270);
/// `ShareSessionEpoch`
pub const SHARE_SESSION_EPOCH: Field = Field::new(271);
/// `ShutdownApplication`
pub const SHUTDOWN_APPLICATION: Field = Field::new(272);
/// `SkipAssignment`
pub const SKIP_ASSIGNMENT: Field = Field::new(273);
/// `SnapshotId`
pub const SNAPSHOT_ID: Field = Field::new(274);
/// `Source`
pub const SOURCE: Field = Field::new(275);
/// `SourceTopicRegex`
pub const SOURCE_TOPIC_REGEX: Field = Field::new(276);
/// `SourceTopics`
pub const SOURCE_TOPICS: Field = Field::new(277);
/// `StandbyPartitions`
pub const STANDBY_PARTITIONS: Field = Field::new(278);
/// `StandbyTasks`
pub const STANDBY_TASKS: Field = Field::new(279);
/// `StartOffset`
pub const START_OFFSET: Field = Field::new(280);
/// `StateBatches`
pub const STATE_BATCHES: Field = Field::new(281);
/// `StateChangelogTopics`
pub const STATE_CHANGELOG_TOPICS: Field = Field::new(282);
/// `StateEpoch`
pub const STATE_EPOCH: Field = Field::new(283);
/// `StateFilters`
pub const STATE_FILTERS: Field = Field::new(284);
/// `StatesFilter`
pub const STATES_FILTER: Field = Field::new(285);
/// `Status`
pub const STATUS: Field = Field::new(286);
/// `StatusCode`
pub const STATUS_CODE: Field = Field::new(287);
/// `StatusDetail`
pub const STATUS_DETAIL: Field = Field::new(288);
/// `Strict`
pub const STRICT: Field = Field::new(289);
/// `SubscribedTopicNames`
pub const SUBSCRIBED_TOPIC_NAMES: Field = Field::new(290);
/// `SubscribedTopicRegex`
pub const SUBSCRIBED_TOPIC_REGEX: Field = Field::new(291);
/// `SubscriptionId`
pub const SUBSCRIPTION_ID: Field = Field::new(292);
/// `Subtopologies`
pub const SUBTOPOLOGIES: Field = Field::new(293);
/// `SubtopologyId`
pub const SUBTOPOLOGY_ID: Field = Field::new(294);
/// `SupportedFeatures`
pub const SUPPORTED_FEATURES: Field = Field::new(295);
/// `Synonyms`
pub const SYNONYMS: Field = Field::new(296);
/// `TargetAssignment`
pub const TARGET_ASSIGNMENT: Field = Field::new(297);
/// `TaskEndOffsets`
pub const TASK_END_OFFSETS: Field = Field::new(298);
/// `TaskOffsetIntervalMs`
pub const TASK_OFFSET_INTERVAL_MS: Field = Field::new(299);
/// `TaskOffsets`
pub const TASK_OFFSETS: Field = Field::new(300);
/// `TelemetryMaxBytes`
pub const TELEMETRY_MAX_BYTES: Field = Field::new(301);
/// `Terminating`
pub const TERMINATING: Field = Field::new(302);
/// `ThrottleTimeMs`
pub const THROTTLE_TIME_MS: Field = Field::new(303);
/// `TimeoutMs`
pub const TIMEOUT_MS: Field = Field::new(304);
/// `Timestamp`
pub const TIMESTAMP: Field = Field::new(305);
/// `TokenId`
pub const TOKEN_ID: Field = Field::new(306);
/// `TokenRequesterPrincipalName`
pub const TOKEN_REQUESTER_PRINCIPAL_NAME: Field = Field::new(307);
/// `TokenRequesterPrincipalType`
pub const TOKEN_REQUESTER_PRINCIPAL_TYPE: Field = Field::new(308);
/// `Tokens`
pub const TOKENS: Field = Field::new(309);
/// `Topic`
pub const TOPIC: Field = Field::new(310);
/// `TopicAuthorizedOperations`
pub const TOPIC_AUTHORIZED_OPERATIONS: Field = Field::new(311);
/// `TopicConfigErrorCode`
pub const TOPIC_CONFIG_ERROR_CODE: Field = Field::new(312);
/// `TopicConfigs`
pub const TOPIC_CONFIGS: Field = Field::new(313);
/// `TopicData`
pub const TOPIC_DATA: Field = Field::new(314);
/// `TopicId`
pub const TOPIC_ID: Field = Field::new(315);
/// `TopicName`
pub const TOPIC_NAME: Field = Field::new(316);
/// `TopicNames`
pub const TOPIC_NAMES: Field = Field::new(317);
/// `TopicPartitions`
pub const TOPIC_PARTITIONS: Field = Field::new(318);
/// `TopicResults`
pub const TOPIC_RESULTS: Field = Field::new(319);
/// `Topics`
pub const TOPICS: Field = Field::new(320);
/// `Topology`
pub const TOPOLOGY: Field = Field::new(321);
/// `TopologyEpoch`
pub const TOPOLOGY_EPOCH: Field = Field::new(322);
/// `TotalBytes`
pub const TOTAL_BYTES: Field = Field::new(323);
/// `TransactionResult`
pub const TRANSACTION_RESULT: Field = Field::new(324);
/// `TransactionStartTimeMs`
pub const TRANSACTION_START_TIME_MS: Field = Field::new(325);
/// `TransactionState`
pub const TRANSACTION_STATE: Field = Field::new(326);
/// `TransactionStates`
pub const TRANSACTION_STATES: Field = Field::new(327);
/// `TransactionTimeoutMs`
pub const TRANSACTION_TIMEOUT_MS: Field = Field::new(328);
/// `TransactionVersion`
pub const TRANSACTION_VERSION: Field = Field::new(329);
/// `TransactionalId`
pub const TRANSACTIONAL_ID: Field = Field::new(330);
/// `TransactionalIdPattern`
pub const TRANSACTIONAL_ID_PATTERN: Field = Field::new(331);
/// `TransactionalIds`
pub const TRANSACTIONAL_IDS: Field = Field::new(332);
/// `Transactions`
pub const TRANSACTIONS: Field = Field::new(333);
/// `TypesFilter`
pub const TYPES_FILTER: Field = Field::new(334);
/// `UnknownStateFilters`
pub const UNKNOWN_STATE_FILTERS: Field = Field::new(335);
/// `UpgradeType`
pub const UPGRADE_TYPE: Field = Field::new(336);
/// `Upsertions`
pub const UPSERTIONS: Field = Field::new(337);
/// `UsableBytes`
pub const USABLE_BYTES: Field = Field::new(338);
/// `User`
pub const USER: Field = Field::new(339);
/// `UserEndpoint`
pub const USER_ENDPOINT: Field = Field::new(340);
/// `Users`
pub const USERS: Field = Field::new(341);
/// `V3AndBelowProducerEpoch`
pub const V3_AND_BELOW_PRODUCER_EPOCH: Field = Field::new(342);
/// `V3AndBelowProducerId`
pub const V3_AND_BELOW_PRODUCER_ID: Field = Field::new(343);
/// `V3AndBelowTopics`
pub const V3_AND_BELOW_TOPICS: Field = Field::new(344);
/// `V3AndBelowTransactionalId`
pub const V3_AND_BELOW_TRANSACTIONAL_ID: Field = Field::new(345);
/// `ValidateOnly`
pub const VALIDATE_ONLY: Field = Field::new(346);
/// `Value`
pub const VALUE: Field = Field::new(347);
/// `Values`
pub const VALUES: Field = Field::new(348);
/// `VerifyOnly`
pub const VERIFY_ONLY: Field = Field::new(349);
/// `VoterDirectoryId`
pub const VOTER_DIRECTORY_ID: Field = Field::new(350);
/// `VoterId`
pub const VOTER_ID: Field = Field::new(351);
/// `WarmupTasks`
pub const WARMUP_TASKS: Field = Field::new(352);
/// `ZkMigrationReady`
pub const ZK_MIGRATION_READY: Field = Field::new(353);
