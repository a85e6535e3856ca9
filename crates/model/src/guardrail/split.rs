//! Cedar text to single policies, so that one that is wrong hides none of the others.

/// One policy's text and where it begins, in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    pub(super) offset: usize,
    pub(super) text: &'t str,
}

/// Splits at every `;` outside strings and comments. Each piece begins at its first word; nothing but comments and
/// blanks is left out, so what is not a policy surfaces when the piece is parsed.
pub(super) fn split(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut state = State::Between;
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let comment = char == '/' && chars.peek().is_some_and(|(_, next)| *next == '/');
        state = match (state, char) {
            (State::Comment, '\n') => State::Between,
            (State::Comment, _) => State::Comment,
            (State::Escape, _) => State::Text,
            (State::Text, '\\') => State::Escape,
            (State::Text, '"') => State::Between,
            (State::Text, _) => State::Text,
            (State::Between, _) if comment => State::Comment,
            (State::Between, char) => {
                if !char.is_whitespace() {
                    start.get_or_insert(at);
                }
                if char == ';' {
                    pieces.extend(start.take().and_then(|start| piece(text, start, at + 1)));
                }
                if char == '"' { State::Text } else { State::Between }
            }
        };
    }
    pieces.extend(start.and_then(|start| piece(text, start, text.len())));
    pieces
}

fn piece(text: &str, start: usize, end: usize) -> Option<Piece<'_>> {
    text.get(start..end).map(|text| Piece { offset: start, text })
}

#[derive(Clone, Copy)]
enum State {
    Between,
    Text,
    Escape,
    Comment,
}
