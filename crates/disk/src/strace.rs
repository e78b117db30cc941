//! Reading what `strace` wrote: one system call a line, every text and path in hexadecimal.

use thiserror::Error;

/// Calls that are recorded. Those that the model does not know are recorded too, so that one of them is noticed.
pub(crate) const CALLS: &str = "open,openat,openat2,creat,close,write,writev,pwrite64,pwritev,pwritev2,\
    ftruncate,truncate,fallocate,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,\
    symlink,symlinkat,fsync,fdatasync,sync,syncfs,sync_file_range,msync,mmap,copy_file_range,sendfile,splice";

/// A line that does not read.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("a line of the record does not read: {0}")]
pub struct Unreadable(pub(crate) String);

/// One system call that came back.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Call<'a> {
    pub(crate) name: &'a str,
    pub(crate) arguments: Vec<&'a str>,
    /// What it returned; `None` for an error.
    pub(crate) result: Option<i64>,
    /// The path behind a file descriptor it returned, in hexadecimal.
    pub(crate) result_path: Option<&'a str>,
}

/// Reads a line; `None` for one that tells of no call (the end of the process).
pub(crate) fn call(line: &str) -> Result<Option<Call<'_>>, Unreadable> {
    let unreadable = || Unreadable(line.chars().take(200).collect());
    // With several processes or threads followed, a number comes first.
    let line = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let line = line.trim_start();
    if line.starts_with("+++") || line.starts_with("---") {
        return Ok(None);
    }
    let (name, rest) = line.split_once('(').ok_or_else(unreadable)?;
    let (inside, end) = rest.rsplit_once(" = ").ok_or_else(unreadable)?;
    let inside = inside.trim_end().strip_suffix(')').ok_or_else(unreadable)?;
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if !name.chars().all(is_name) || inside.contains("<unfinished") {
        return Err(unreadable());
    }
    let number = end.split([' ', '<']).next().unwrap_or_default();
    let result = if number.starts_with("0x") {
        0
    } else {
        number.parse::<i64>().map_err(|_| unreadable())?
    };
    Ok(Some(Call {
        name,
        arguments: split(inside),
        result: (result >= 0).then_some(result),
        result_path: between(end),
    }))
}

/// Arguments, split at the commas that stand in no text, list or structure.
fn split(inside: &str) -> Vec<&str> {
    let (mut found, mut begin, mut depth, mut is_text) = (Vec::new(), 0, 0_i32, false);
    for (index, byte) in inside.bytes().enumerate() {
        match byte {
            b'"' => is_text = !is_text,
            b'{' | b'[' | b'<' | b'(' if !is_text => depth += 1,
            b'}' | b']' | b'>' | b')' if !is_text => depth -= 1,
            b',' if !is_text && depth == 0 => {
                found.push(inside[begin..index].trim());
                begin = index + 1;
            }
            _ => {}
        }
    }
    if !inside.is_empty() {
        found.push(inside[begin..].trim());
    }
    found
}

/// The text between the outer angle brackets.
fn between(argument: &str) -> Option<&str> {
    let (_, rest) = argument.split_once('<')?;
    Some(rest.rsplit_once('>')?.0)
}

impl Call<'_> {
    fn unreadable(&self) -> Unreadable {
        Unreadable(format!("{} {:.200}", self.name, self.arguments.join(", ")))
    }

    /// The path behind the file descriptor in an argument.
    pub(crate) fn path_of(&self, index: usize) -> Result<String, Unreadable> {
        let argument = self.arguments.get(index).and_then(|one| between(one));
        let bytes = argument.and_then(unhex).ok_or_else(|| self.unreadable())?;
        String::from_utf8(bytes).map_err(|_| self.unreadable())
    }

    /// The file descriptor's number in an argument.
    pub(crate) fn descriptor(&self, index: usize) -> Result<i64, Unreadable> {
        let argument = self.arguments.get(index).copied().unwrap_or_default();
        let number = argument.split('<').next().unwrap_or_default();
        number.parse().map_err(|_| self.unreadable())
    }

    /// The path in an argument, below the folder in the argument before it when it is relative.
    pub(crate) fn path(&self, index: usize, folder: Option<usize>) -> Result<String, Unreadable> {
        let text = String::from_utf8(self.bytes(index)?).map_err(|_| self.unreadable())?;
        match folder {
            Some(folder) if !text.starts_with('/') => {
                Ok(format!("{}/{text}", self.path_of(folder)?))
            }
            _ => Ok(text),
        }
    }

    /// The bytes of a text.
    pub(crate) fn bytes(&self, index: usize) -> Result<Vec<u8>, Unreadable> {
        let argument = self.arguments.get(index).copied().unwrap_or_default();
        let inside = argument
            .strip_prefix('"')
            .and_then(|it| it.strip_suffix('"'));
        inside.and_then(unhex).ok_or_else(|| self.unreadable())
    }

    /// The bytes of all texts in a list of buffers.
    pub(crate) fn gathered(&self, index: usize) -> Result<Vec<u8>, Unreadable> {
        let argument = self.arguments.get(index).copied().unwrap_or_default();
        let mut bytes = Vec::new();
        for text in argument.split('"').skip(1).step_by(2) {
            bytes.extend(unhex(text).ok_or_else(|| self.unreadable())?);
        }
        Ok(bytes)
    }

    /// A whole number.
    pub(crate) fn number(&self, index: usize) -> Result<usize, Unreadable> {
        let argument = self.arguments.get(index).copied().unwrap_or_default();
        argument.parse().map_err(|_| self.unreadable())
    }

    /// Whether a list of flags holds one.
    pub(crate) fn has_flag(&self, index: usize, flag: &str) -> bool {
        let argument = self.arguments.get(index).copied().unwrap_or_default();
        argument.split('|').any(|one| one == flag)
    }
}

/// `\x2f\x61` as bytes.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|it| u8::try_from(it).ok())
    };
    let (groups, rest) = text.as_bytes().as_chunks::<4>();
    if !rest.is_empty() {
        return None;
    }
    groups
        .iter()
        .map(|group| match group {
            [b'\\', b'x', high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_is_read_with_its_path_bytes_and_place() {
        let line = r#"17 pwrite64(3<\x2f\x61>, "\x68\x2c\x22", 3, 512) = 3"#;
        let call = call(line).expect("it reads").expect("a call");
        assert_eq!((call.name, call.result), ("pwrite64", Some(3)));
        assert_eq!(call.path_of(0), Ok("/a".to_owned()));
        assert_eq!(call.bytes(1), Ok(b"h,\"".to_vec()));
        assert_eq!(call.number(3), Ok(512));
    }

    #[test]
    fn a_relative_path_lies_in_the_folder_of_its_descriptor() {
        let line = r#"unlinkat(4<\x2f\x61>, "\x62", AT_REMOVEDIR) = 0"#;
        let call = call(line).expect("it reads").expect("a call");
        assert_eq!(call.path(1, Some(0)), Ok("/a/b".to_owned()));
        assert!(call.has_flag(2, "AT_REMOVEDIR"));
    }

    #[test]
    fn what_was_said_is_gathered_from_all_buffers() {
        let line = r#"writev(1<\x70>, [{iov_base="\x61", iov_len=1}, {iov_base="\x0a", iov_len=1}], 2) = 2"#;
        let call = call(line).expect("it reads").expect("a call");
        assert_eq!(call.gathered(1), Ok(b"a\n".to_vec()));
    }

    #[test]
    fn an_error_has_no_result_and_the_end_is_no_call() {
        let line = r#"5 unlink("\x2f\x61") = -1 ENOENT (No such file or directory)"#;
        let failed = call(line).expect("it reads").expect("a call");
        assert_eq!(failed.result, None);
        assert_eq!(call("5 +++ exited with 0 +++"), Ok(None));
    }

    #[test]
    fn a_text_that_was_cut_short_or_a_call_in_two_lines_is_refused() {
        let line = r#"write(3<\x2f\x61>, "\x68"..., 9) = 9"#;
        let call = call(line).expect("it reads").expect("a call");
        assert!(call.bytes(1).is_err());
        assert!(super::call(r"write(3<\x2f\x61>,  <unfinished ...>").is_err());
    }
}
