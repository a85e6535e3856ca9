//! JSON Schemas of the bundle's YAML files, so that editors complete and check them.

use super::{GRANTS, PRINCIPALS, STREAMS, TESTS};

/// The schema of each YAML file: the file's path in a bundle, the schema's name, and its text.
pub const SCHEMAS: [(&str, &str, &str); 4] = [
    (PRINCIPALS, "principals.schema.json", include_str!("../../schemas/principals.schema.json")),
    (STREAMS, "streams.schema.json", include_str!("../../schemas/streams.schema.json")),
    (GRANTS, "grants.schema.json", include_str!("../../schemas/grants.schema.json")),
    (TESTS, "tests.schema.json", include_str!("../../schemas/tests.schema.json")),
];
