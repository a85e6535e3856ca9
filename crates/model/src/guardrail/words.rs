//! Which attributes guardrails mention. What none of them mentions need not be built for them.

use cedar_policy::Policy;

macro_rules! words {
    ($($word:ident = $name:literal),+ $(,)?) => {
        /// An attribute of the schema, or an operator that reads tags.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Word { $($word,)+ }

        impl Word {
            const ALL: &'static [Self] = &[$(Self::$word,)+];

            pub(super) fn as_str(self) -> &'static str {
                match self { $(Self::$word => $name,)+ }
            }
        }
    };
}

words! {
    Name = "name",
    Kind = "kind",
    Team = "team",
    Tenant = "tenant",
    Environment = "environment",
    Groups = "groups",
    Cluster = "cluster",
    Owner = "owner",
    Producer = "producer",
    Classification = "classification",
    Regulation = "regulation",
    PeerIp = "peer_ip",
    Listener = "listener",
    Mechanism = "mechanism",
    Amr = "amr",
    BreakGlass = "break_glass",
    CredentialAge = "credential_age_s",
    DevicePosture = "device_posture",
    Now = "now",
    Hour = "hour",
    Minute = "minute",
    Weekday = "weekday",
    HasTag = "hasTag",
    GetTag = "getTag",
}

/// A set of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words(u32);

impl Words {
    /// The words a guardrail's conditions mention, in any way: as attribute, as key, even as text. Too many only cost
    /// time and shorten how long a decision is cached; too few would change what a guardrail sees. `None` if Cedar cannot
    /// show its conditions.
    pub(super) fn of(policy: &Policy) -> Option<Self> {
        let tree = policy.to_json().ok()?;
        let mut words = Self::default();
        words.note(tree.get("conditions")?);
        Some(words)
    }

    fn note(&mut self, value: &serde_json::Value) {
        match value {
            serde_json::Value::String(text) => self.note_text(text),
            serde_json::Value::Array(items) => items.iter().for_each(|item| self.note(item)),
            serde_json::Value::Object(entries) => {
                for (key, item) in entries {
                    self.note_text(key);
                    self.note(item);
                }
            }
            _ => {}
        }
    }

    fn note_text(&mut self, text: &str) {
        let found = Word::ALL.iter().find(|word| word.as_str() == text);
        self.0 |= found.map_or(0, |word| Self::bit(*word));
    }

    /// All of them.
    #[cfg(test)]
    pub(super) fn all() -> Self {
        Self(Word::ALL.iter().fold(0, |bits, word| bits | Self::bit(*word)))
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn contains(self, word: Word) -> bool {
        self.0 & Self::bit(word) != 0
    }

    /// Whether tags are read.
    pub(super) fn tags(self) -> bool {
        self.contains(Word::HasTag) || self.contains(Word::GetTag)
    }

    fn bit(word: Word) -> u32 {
        1 << (word as u32)
    }
}
