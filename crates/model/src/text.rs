//! Texts of strangers, made fit for one line of a report.

/// `text` with everything visible that would break a line or steer a terminal, and cut where it gets too long.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(MAX_CHARS));
    let mut chars = text.chars();
    for char in chars.by_ref().take(MAX_CHARS) {
        match char {
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
                line.extend(char.escape_unicode());
            }
            char if char.is_control() => line.extend(char.escape_default()),
            char => line.push(char),
        }
    }
    if chars.next().is_some() {
        line.push('…');
    }
    line
}

/// How many characters are shown.
const MAX_CHARS: usize = 1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_the_line() {
        let check = |text: &str, expected: &str| assert_eq!(one_line(text), expected);
        check("plain `ä`", "plain `ä`");
        check("a\nb\r\u{1b}[31m\0", "a\\nb\\r\\u{1b}[31m\\u{0}");
        check("a\u{202e}b\u{2028}", "a\\u{202e}b\\u{2028}");
        check(&"x".repeat(MAX_CHARS), &"x".repeat(MAX_CHARS));
        check(&"x".repeat(MAX_CHARS + 1), &("x".repeat(MAX_CHARS) + "…"));
    }
}
