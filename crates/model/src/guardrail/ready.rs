//! Guardrails ready for use: text to put into `policy/guardrails.cedar` and adapt.

/// A guardrail's id and its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadyGuardrail {
    /// The `@id`.
    pub id: &'static str,
    /// The rule, with a comment that says what it is for.
    pub text: &'static str,
}

macro_rules! ready {
    ($($id:literal),+ $(,)?) => {
        &[$(ReadyGuardrail { id: $id, text: include_str!(concat!("../../guardrails/", $id, ".cedar")) },)+]
    };
}

/// Every ready guardrail. Together they are a valid `policy/guardrails.cedar`.
pub const READY: &[ReadyGuardrail] = ready!(
    "tenant-isolation",
    "environment-isolation",
    "network-origin",
    "working-hours",
    "credential-age",
    "device-posture",
    "command-producer",
    "human-administration",
);
