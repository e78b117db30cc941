//! Programs that run beside this one and end with it.

use crate::trouble::{Outcome, Trouble};
use std::io::{BufRead as _, BufReader, Read};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How often something that is awaited is looked at.
const GLANCE: Duration = Duration::from_millis(50);

/// A running program. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Companion {
    name: &'static str,
    child: Child,
    said: Arc<Mutex<Vec<String>>>,
}

impl Companion {
    /// Starts a program; what it says is shown with its name in front, and kept.
    pub(crate) fn start(name: &'static str, command: &mut Command) -> Outcome<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|source| Trouble::Unstartable {
                program: name.to_owned(),
                source,
            })?;
        let said = Arc::new(Mutex::new(Vec::new()));
        if let Some(stream) = child.stdout.take() {
            listen(name, stream, Arc::clone(&said));
        }
        if let Some(stream) = child.stderr.take() {
            listen(name, stream, Arc::clone(&said));
        }
        Ok(Self { name, child, said })
    }

    /// Waits until it answers on a port of this machine.
    pub(crate) fn await_port(&mut self, port: u16, patience: Duration) -> Outcome {
        let begun = Instant::now();
        while begun.elapsed() < patience {
            if answers(port) {
                return Ok(());
            }
            if self.has_ended() {
                return Err(Trouble::Failed {
                    program: self.name.to_owned(),
                    status: "an error before it was ready; its last words are above".to_owned(),
                    code: None,
                });
            }
            thread::sleep(GLANCE);
        }
        Err(Trouble::Silent {
            who: self.name.to_owned(),
            seconds: patience.as_secs(),
        })
    }

    /// Whether it has ended by itself.
    pub(crate) fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }

    /// The last line it said that contains something; it may be saying it just now.
    pub(crate) fn said_soon(&self, something: &str) -> Option<String> {
        let begun = Instant::now();
        loop {
            let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
            let found = said
                .iter()
                .rev()
                .find(|line| line.contains(something))
                .cloned();
            drop(said);
            if found.is_some() || begun.elapsed() > Duration::from_secs(2) {
                return found;
            }
            thread::sleep(GLANCE);
        }
    }

    /// Asks it to end, and ends it if it does not.
    pub(crate) fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if self.has_ended() {
            return;
        }
        let asked = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        let begun = Instant::now();
        while asked.is_ok() && begun.elapsed() < Duration::from_secs(5) {
            if self.has_ended() {
                return;
            }
            thread::sleep(GLANCE);
        }
        // What is durable stays durable: headquarters and the core are made to be ended so.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Companion {
    fn drop(&mut self) {
        self.end();
    }
}

fn listen(name: &'static str, stream: impl Read + Send + 'static, said: Arc<Mutex<Vec<String>>>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            eprintln!("{name} │ {line}");
            said.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(line);
        }
    });
}

/// Whether something listens on a port of this machine.
pub(crate) fn answers(port: u16) -> bool {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpStream::connect_timeout(&address, Duration::from_millis(200)).is_ok()
}

/// This port if it is free, else one that is.
pub(crate) fn free_port(wished: u16) -> Outcome<u16> {
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, wished))
        .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
        .and_then(|listener| listener.local_addr());
    bound
        .map(|address| address.port())
        .map_err(|source| Trouble::Unstartable {
            program: "a listener on loopback".to_owned(),
            source,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_ends_before_it_is_ready_is_reported_with_its_words() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo the port is taken >&2; exit 3"]);
        let mut companion = Companion::start("headquarters", &mut command).expect("sh starts");
        let port = free_port(0).expect("a free port");
        let outcome = companion.await_port(port, Duration::from_secs(20));
        assert!(
            matches!(outcome, Err(Trouble::Failed { .. })),
            "{outcome:?}"
        );
    }

    #[test]
    fn a_taken_port_is_exchanged_for_a_free_one() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a listener");
        let port = taken.local_addr().expect("an address").port();
        assert!(answers(port));
        assert_ne!(free_port(port).expect("another port"), port);
    }
}
