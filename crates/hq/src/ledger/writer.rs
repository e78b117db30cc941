//! The one writer: a thread that owns the writing connection and commits waiting work in groups.

use super::{LedgerError, Write};
use baqylau_protocol::seeded::{Bug, is_planted};
use rusqlite::{Connection, TransactionBehavior};
use std::sync::mpsc;
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// At most this many pieces of work share one commit.
const GROUP: usize = 64;

/// Work, and after the commit the word whether it is durable.
type Job = Box<dyn FnOnce(&Write<'_>) -> Box<dyn FnOnce(bool) + Send> + Send>;

pub(super) struct Writer {
    jobs: Option<mpsc::SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Self {
        let (jobs, waiting) = mpsc::sync_channel(GROUP * 4);
        let thread = std::thread::spawn(move || serve(connection, &waiting));
        Self {
            jobs: Some(jobs),
            thread: Some(thread),
        }
    }

    pub(super) async fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<LedgerError> + Send + 'static,
        F: FnOnce(&Write<'_>) -> Result<T, E> + Send + 'static,
    {
        let (answer, result) = oneshot::channel();
        // Whoever asked may have gone; the work is done all the same.
        let job = job(work, move |result| drop(answer.send(result)));
        let Some(jobs) = self.jobs.clone() else {
            return Err(LedgerError::Stopped.into());
        };
        let sent = match jobs.try_send(job) {
            Ok(()) => true,
            // The queue is bounded: waiting for a place must not hold a runtime thread.
            Err(mpsc::TrySendError::Full(job)) => {
                tokio::task::spawn_blocking(move || jobs.send(job).is_ok())
                    .await
                    .unwrap_or(false)
            }
            Err(mpsc::TrySendError::Disconnected(_)) => false,
        };
        if !sent {
            return Err(LedgerError::Stopped.into());
        }
        result
            .await
            .unwrap_or_else(|_| Err(LedgerError::Stopped.into()))
    }

    pub(super) fn run_now<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<LedgerError> + Send + 'static,
        F: FnOnce(&Write<'_>) -> Result<T, E> + Send + 'static,
    {
        let (answer, result) = mpsc::sync_channel(1);
        let job = job(work, move |result| drop(answer.send(result)));
        let sent = self
            .jobs
            .as_ref()
            .is_some_and(|jobs| jobs.send(job).is_ok());
        if !sent {
            return Err(LedgerError::Stopped.into());
        }
        result
            .recv()
            .unwrap_or_else(|_| Err(LedgerError::Stopped.into()))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            // The thread ends when its queue is empty and closed; a panic in it was already answered with `Stopped`.
            let _ = thread.join();
        }
    }
}

fn job<T, E, F>(work: F, answer: impl FnOnce(Result<T, E>) + Send + 'static) -> Job
where
    T: Send + 'static,
    E: From<LedgerError> + Send + 'static,
    F: FnOnce(&Write<'_>) -> Result<T, E> + Send + 'static,
{
    Box::new(move |write| {
        let result = in_savepoint(write, work);
        Box::new(move |durable| {
            answer(if durable {
                result
            } else {
                Err(LedgerError::Stopped.into())
            });
        })
    })
}

/// One piece of work inside the group's transaction: its failure undoes only itself.
fn in_savepoint<T, E: From<LedgerError>>(
    write: &Write<'_>,
    work: impl FnOnce(&Write<'_>) -> Result<T, E>,
) -> Result<T, E> {
    write.execute("SAVEPOINT piece", ())?;
    let result = work(write);
    if result.is_err() {
        write.execute("ROLLBACK TO piece", ())?;
    }
    write.execute("RELEASE piece", ())?;
    result
}

fn serve(mut connection: Connection, waiting: &mpsc::Receiver<Job>) {
    while let Ok(first) = waiting.recv() {
        match commit_group(&mut connection, first, waiting) {
            Ok(()) => {}
            Err((error, answers)) => {
                // After an error at commit the state of the file's pages in memory is unknown: stop, never retry
                // the flush. The next start reopens and recovers.
                tracing::error!(%error, "ledger stopped");
                answers.into_iter().for_each(|answer| answer(false));
                return;
            }
        }
    }
}

type Answers = Vec<Box<dyn FnOnce(bool) + Send>>;

fn commit_group(
    connection: &mut Connection,
    first: Job,
    waiting: &mpsc::Receiver<Job>,
) -> Result<(), (rusqlite::Error, Answers)> {
    let mut answers = Answers::new();
    let transaction = match connection.transaction_with_behavior(TransactionBehavior::Immediate) {
        Ok(transaction) => transaction,
        // Another process holds the file for longer than the timeout: nothing was written, the asker may try again.
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy) => {
            return Ok(());
        }
        Err(error) => return Err((error, answers)),
    };
    let write = Write {
        transaction: &transaction,
    };
    answers.push(first(&write));
    while answers.len() < GROUP
        && let Ok(next) = waiting.try_recv()
    {
        answers.push(next(&write));
    }
    if is_planted(Bug::ReceiptEarly) {
        answers.drain(..).for_each(|answer| answer(true));
    }
    match transaction.commit() {
        Ok(()) => {
            answers.into_iter().for_each(|answer| answer(true));
            Ok(())
        }
        Err(error) => Err((error, answers)),
    }
}
