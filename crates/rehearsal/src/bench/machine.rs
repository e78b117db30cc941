//! What the figures were measured on.

use super::figures::Machine;
use std::fs;
use std::process::Command;

const UNKNOWN: &str = "unknown";

/// This machine, as far as it tells.
pub(super) fn this() -> Machine {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let memory_kib: Option<u64> = field(&read("/proc/meminfo"), "MemTotal", ':')
        .and_then(|size| size.split_whitespace().next()?.parse().ok());
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let rust = Command::new(rustc).arg("--version").output().ok();
    let rust = rust.and_then(|output| String::from_utf8(output.stdout).ok());
    let load = read("/proc/loadavg");
    Machine {
        cpu: field(&read("/proc/cpuinfo"), "model name", ':')
            .unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        memory_mb: memory_kib.unwrap_or(0) * 1024 / 1_000_000,
        os: field(&read("/etc/os-release"), "PRETTY_NAME", '=')
            .unwrap_or_else(|| std::env::consts::OS.to_owned()),
        rust: rust.map_or(UNKNOWN.to_owned(), |text| text.trim().to_owned()),
        load: load
            .split_whitespace()
            .next()
            .and_then(|mean| mean.parse().ok()),
    }
}

/// The value of the first line that begins with `name`.
fn field(text: &str, name: &str, separator: char) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    let (_, value) = line.split_once(separator)?;
    Some(value.trim().trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_without_its_quotes() {
        let text = "NAME=\"Some\"\nPRETTY_NAME=\"Some System 12\"\n";
        assert_eq!(
            field(text, "PRETTY_NAME", '=').as_deref(),
            Some("Some System 12")
        );
        assert_eq!(
            field("model name\t: A CPU\n", "model name", ':').as_deref(),
            Some("A CPU")
        );
        assert_eq!(field("", "x", ':'), None);
    }
}
