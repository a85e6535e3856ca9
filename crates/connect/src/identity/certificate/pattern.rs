//! Patterns with captures, simple enough to be read without doubt: `{service}.clients.example`.
//!
//! A pattern and a name have the same number of segments; a segment has at most one capture, which takes at least one
//! character. So a name matches in one way or not at all, and matching takes linear time.

/// A pattern over the segments of a name.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    separator: Option<char>,
    segments: Vec<Segment>,
}

/// A text with captures to fill in.
#[derive(Clone, Debug)]
pub(super) struct Template {
    parts: Vec<Part>,
}

/// What the captures of a pattern took, by name.
pub(super) type Captures<'a> = Vec<(&'a str, &'a str)>;

#[derive(Clone, Debug)]
enum Segment {
    Literal(String),
    Capture { prefix: String, name: String, suffix: String },
}

#[derive(Clone, Debug)]
enum Part {
    Literal(String),
    Capture(String),
}

impl Pattern {
    /// Compiles `text`, whose segments `separator` parts. Without one the name is a single segment.
    pub(super) fn compile(text: &str, separator: Option<char>) -> Result<Self, String> {
        let mut segments = Vec::new();
        for segment in split(text, separator) {
            segments.push(Segment::compile(segment, text)?);
        }
        let pattern = Self { separator, segments };
        let mut names: Vec<&str> = pattern.capture_names().collect();
        names.sort_unstable();
        match names.windows(2).find(|pair| pair.first() == pair.last()) {
            Some(_) => Err(format!("`{text}` names a capture twice")),
            None => Ok(pattern),
        }
    }

    /// What the captures take from `name`, or `None` if it does not match.
    pub(super) fn captures<'a>(&'a self, name: &'a str) -> Option<Captures<'a>> {
        let mut found = Captures::new();
        let mut segments = self.segments.iter();
        for part in split(name, self.separator) {
            match segments.next()? {
                Segment::Literal(literal) if literal == part => {}
                Segment::Literal(_) => return None,
                Segment::Capture { prefix, name, suffix } => {
                    let taken = part.strip_prefix(prefix.as_str())?.strip_suffix(suffix.as_str())?;
                    if taken.is_empty() {
                        return None;
                    }
                    found.push((name, taken));
                }
            }
        }
        segments.next().is_none().then_some(found)
    }

    fn capture_names(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Literal(_) => None,
            Segment::Capture { name, .. } => Some(name.as_str()),
        })
    }
}

impl Segment {
    fn compile(segment: &str, whole: &str) -> Result<Self, String> {
        let mut parts = parse(segment)?.into_iter();
        let parts = (parts.next(), parts.next(), parts.next(), parts.next());
        let (prefix, name, suffix) = match parts {
            (None, ..) => return Err(format!("`{whole}` has an empty segment")),
            (Some(Part::Literal(literal)), None, ..) => return Ok(Self::Literal(literal)),
            (Some(Part::Capture(name)), None, ..) => (String::new(), name, String::new()),
            (Some(Part::Capture(name)), Some(Part::Literal(suffix)), None, _) => {
                (String::new(), name, suffix)
            }
            (Some(Part::Literal(prefix)), Some(Part::Capture(name)), None, _) => {
                (prefix, name, String::new())
            }
            (Some(Part::Literal(prefix)), Some(Part::Capture(name)), Some(Part::Literal(suffix)), None) => {
                (prefix, name, suffix)
            }
            _ => return Err(format!("`{segment}` has more than one capture between separators")),
        };
        Ok(Self::Capture { prefix, name, suffix })
    }
}

impl Template {
    /// Compiles `text`, whose captures must be among those of `pattern`.
    pub(super) fn compile(text: &str, pattern: &Pattern) -> Result<Self, String> {
        let parts = parse(text)?;
        for part in &parts {
            if let Part::Capture(name) = part
                && !pattern.capture_names().any(|known| known == name)
            {
                return Err(format!("`{text}` uses `{{{name}}}`, which the pattern does not capture"));
            }
        }
        if parts.is_empty() { Err("the principal is empty".to_owned()) } else { Ok(Self { parts }) }
    }

    /// Fills in what the captures took.
    pub(super) fn fill(&self, captures: &Captures<'_>) -> String {
        let mut filled = String::new();
        for part in &self.parts {
            match part {
                Part::Literal(literal) => filled.push_str(literal),
                Part::Capture(name) => {
                    let taken = captures.iter().find(|(known, _)| known == name);
                    filled.push_str(taken.map_or("", |(_, taken)| taken));
                }
            }
        }
        filled
    }
}

fn split(text: &str, separator: Option<char>) -> impl Iterator<Item = &str> {
    text.split(move |character| Some(character) == separator)
}

/// Literals and captures in turn; empty literals are left out.
fn parse(text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((literal, tail)) = rest.split_once('{') {
        push_literal(&mut parts, literal, text)?;
        let (name, tail) = tail.split_once('}').ok_or_else(|| format!("`{text}` has `{{` without `}}`"))?;
        let acceptable = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !acceptable {
            return Err(format!("`{{{name}}}` is not a capture: use letters, digits and `_`"));
        }
        parts.push(Part::Capture(name.to_owned()));
        rest = tail;
    }
    push_literal(&mut parts, rest, text)?;
    Ok(parts)
}

fn push_literal(parts: &mut Vec<Part>, literal: &str, whole: &str) -> Result<(), String> {
    if literal.contains('}') {
        return Err(format!("`{whole}` has `}}` without `{{`"));
    }
    // A star elsewhere in the configuration means "anything"; here it would be a literal that never matches.
    if literal.contains('*') {
        return Err(format!("`{whole}` has a `*`: use a capture such as `{{name}}`"));
    }
    if !literal.is_empty() {
        parts.push(Part::Literal(literal.to_owned()));
    }
    Ok(())
}
