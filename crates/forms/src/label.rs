//! Labels that hold other answers: `You counted ${B09} voters.`

use crate::expr::is_name;

/// Names in `${…}`, in order.
pub(crate) fn references(text: &str) -> Vec<String> {
    pieces(text)
        .filter_map(|(_, name)| name.map(str::to_owned))
        .collect()
}

/// The text with every `${name}` replaced.
pub(crate) fn fill(text: &str, mut value_of: impl FnMut(&str) -> String) -> String {
    let mut filled = String::with_capacity(text.len());
    for (plain, name) in pieces(text) {
        filled.push_str(plain);
        if let Some(name) = name {
            filled.push_str(&value_of(name));
        }
    }
    filled
}

/// Runs of plain text, each with the reference behind it.
fn pieces(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let found = text.match_indices("${").find_map(|(start, _)| {
            let end = start + text[start..].find('}')?;
            let name = text[start + 2..end].trim();
            is_name(name).then_some((start, end, name))
        });
        match found {
            Some((start, end, name)) => {
                rest = Some(&text[end + 1..]);
                Some((&text[..start], Some(name)))
            }
            None => {
                rest = None;
                Some((text, None))
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_put_into_labels() {
        assert_eq!(
            references("From ${A} to ${ B }, $5 and ${not a name}"),
            ["A", "B"]
        );
        assert_eq!(fill("${A}/${B}!", str::to_lowercase), "a/b!");
        assert_eq!(fill("plain ${", |_| String::new()), "plain ${");
    }
}
