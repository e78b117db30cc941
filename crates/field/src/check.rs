//! What a device takes as an answer, a note, a reason or a picture, before anything is saved.

use crate::error::ErrorCode;
use crate::view::Failure;
use baqylau_domain::{Answers, Value};
use baqylau_forms::{Form, Question, Register as _, WireError};
use baqylau_mission::RegisterTables;
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization as _;

/// Characters of a text answer or a note: several pages, and far below what an entry may hold.
const TEXT_CHARS: usize = 8_000;
/// Characters of a reason or a place typed in.
const LINE_CHARS: usize = 500;
/// Bytes of a picture.
pub(crate) const PICTURE_BYTES: usize = 8 * 1024 * 1024;
/// The shortest PIN. Ten thousand guesses at a fifth of a second each would take half an hour; a million, two days.
const PIN_CHARS: usize = 6;

/// The answer as it is kept: NFC, trimmed, an empty one as none.
pub(crate) fn answer(
    form: &Form,
    register: &RegisterTables,
    name: &str,
    value: Option<Value>,
) -> Result<Option<Value>, Failure> {
    let (_, question) = form
        .question(name)
        .ok_or_else(|| ErrorCode::UnknownQuestion.with("question", name))?;
    if !question.takes_answer {
        return Err(ErrorCode::ReadOnly.with("question", name));
    }
    let Some(value) = tidy(value)? else {
        return Ok(None);
    };
    // A picture comes in through `photo`, with its bytes; a bare reference would be evidence of nothing.
    if matches!(value, Value::Photo(_)) {
        return Err(ErrorCode::WrongKind.with("question", name));
    }
    fits(form, register, question, &value)?;
    Ok(Some(as_sent(form, name, value)))
}

/// The answer as headquarters will read it: several choices in the order of their list, however they were tapped.
fn as_sent(form: &Form, name: &str, value: Value) -> Value {
    let given = Answers::from([(name.to_owned(), value.clone())]);
    let mut read = Answers::new();
    let is_read = form
        .encode_changes(&Answers::new(), &given)
        .is_ok_and(|changes| form.apply_changes(&mut read, &changes).is_ok());
    match read.remove(name) {
        Some(read) if is_read => read,
        _ => value,
    }
}

/// Whether a value is one that this question takes.
pub(crate) fn fits(
    form: &Form,
    register: &RegisterTables,
    question: &Question,
    value: &Value,
) -> Result<(), Failure> {
    let alone = Answers::from([(question.name.clone(), value.clone())]);
    form.encode_changes(&Answers::new(), &alone)
        .map_err(|error| match error {
            WireError::UnknownQuestion { name } => {
                ErrorCode::UnknownQuestion.with("question", name)
            }
            WireError::WrongKind { name } => ErrorCode::WrongKind.with("question", name),
            WireError::UnknownChoice { name } => ErrorCode::NotAChoice.with("question", name),
        })?;
    let codes: &[String] = match value {
        Value::Choice(code) => std::slice::from_ref(code),
        Value::Choices(codes) => codes,
        _ => return Ok(()),
    };
    let unknown = || ErrorCode::NotAChoice.with("question", &question.name);
    if codes.iter().collect::<HashSet<_>>().len() != codes.len() {
        return Err(unknown());
    }
    match &question.register {
        Some(file) if !codes.iter().all(|code| register.contains(file, code, &[])) => {
            Err(unknown())
        }
        _ => Ok(()),
    }
}

fn tidy(value: Option<Value>) -> Result<Option<Value>, Failure> {
    Ok(match value {
        Some(Value::Text(text)) => {
            let text: String = text.trim().nfc().collect();
            within(&text, TEXT_CHARS)?;
            (!text.is_empty()).then_some(Value::Text(text))
        }
        Some(Value::Choices(codes)) if codes.is_empty() => None,
        other => other,
    })
}

/// A note's text, never empty.
pub(crate) fn note(text: &str) -> Result<String, Failure> {
    let text: String = text.trim().nfc().collect();
    within(&text, TEXT_CHARS)?;
    if text.is_empty() {
        Err(ErrorCode::EmptyNote.failure())
    } else {
        Ok(text)
    }
}

/// A reason, never empty.
pub(crate) fn reason(text: &str) -> Result<String, Failure> {
    let text: String = text.trim().nfc().collect();
    within(&text, LINE_CHARS)?;
    if text.is_empty() {
        Err(ErrorCode::ReasonNeeded.failure())
    } else {
        Ok(text)
    }
}

/// A place typed in; empty is none.
pub(crate) fn place(text: Option<&str>) -> Result<Option<String>, Failure> {
    let text: String = text.unwrap_or_default().trim().nfc().collect();
    within(&text, LINE_CHARS)?;
    Ok((!text.is_empty()).then_some(text))
}

/// A PIN long enough to be worth guessing at.
pub(crate) fn pin(pin: &str) -> Result<(), Failure> {
    if pin.chars().count() < PIN_CHARS {
        Err(ErrorCode::WeakPin.with("least", PIN_CHARS))
    } else {
        Ok(())
    }
}

/// The picture's real media type, when it is the one claimed.
pub(crate) fn picture(bytes: &[u8], claimed: &str) -> Result<(), Failure> {
    if bytes.len() > PICTURE_BYTES {
        return Err(ErrorCode::PictureTooLarge.with("most_kb", PICTURE_BYTES / 1024));
    }
    // Phones append things after the picture's end, so the end marker need only be there.
    let has = |end: &[u8]| bytes.windows(end.len()).any(|window| window == end);
    let is_jpeg = bytes.starts_with(&[0xff, 0xd8, 0xff]) && has(&[0xff, 0xd9]);
    let is_png =
        bytes.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR") && has(b"IEND\xae\x42\x60\x82");
    match claimed {
        "image/jpeg" if is_jpeg => Ok(()),
        "image/png" if is_png => Ok(()),
        _ => Err(ErrorCode::NotAPicture.failure()),
    }
}

fn within(text: &str, most: usize) -> Result<(), Failure> {
    if text.chars().count() > most {
        Err(ErrorCode::TooLong.with("most", most))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_bytes_not_by_its_name() {
        let jpeg = [&[0xff, 0xd8, 0xff, 0xe0][..], b"...", &[0xff, 0xd9]].concat();
        assert!(picture(&jpeg, "image/jpeg").is_ok());
        for (bytes, claimed) in [
            (&jpeg[..], "image/png"),
            (b"<svg/>", "image/svg+xml"),
            (&jpeg[..5], "image/jpeg"),
        ] {
            assert_eq!(picture(bytes, claimed).unwrap_err().code, "not_a_picture");
        }
    }

    #[test]
    fn a_picture_beyond_the_limit_is_refused_before_it_is_looked_at() {
        assert_eq!(
            picture(&vec![0; PICTURE_BYTES + 1], "image/png")
                .unwrap_err()
                .code,
            "picture_too_large"
        );
    }

    #[test]
    fn kazakh_letters_typed_in_pieces_are_put_together() {
        assert_eq!(note(" и\u{306} ").expect("a note"), "й");
    }

    #[test]
    fn blank_text_is_no_answer_and_no_reason() {
        assert_eq!(
            tidy(Some(Value::Text("  \n".to_owned()))).expect("tidy"),
            None
        );
        assert_eq!(reason(" ").unwrap_err().code, "reason_needed");
        assert_eq!(note("").unwrap_err().code, "empty_note");
    }
}
