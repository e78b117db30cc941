//! What to do next, decided without doing anything.

use baqylau_domain::AttachmentHash;
use baqylau_protocol::BlobRef;
use baqylau_protocol::seeded::{Bug, is_planted};

/// What the device has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalState {
    /// The journal's last entry.
    pub head_seq: u64,
    /// The server epoch the device knows.
    pub server_epoch: u64,
    /// The last entry held by headquarters in that epoch.
    pub held_seq: u64,
    /// The configuration's version; 0 for none.
    pub config_version: u64,
    /// Blobs that the configuration names and the device lacks.
    pub missing_blobs: Vec<BlobRef>,
    /// Pictures that headquarters has not signed for, in the order in which they go.
    pub pictures: Vec<AttachmentHash>,
}

/// What headquarters said last, if anything in this exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemoteState {
    /// Its epoch.
    pub server_epoch: u64,
    /// The entry it wants next.
    pub next_seq: u64,
    /// The device is revoked.
    pub revoked: bool,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Headquarters holds less than the device thought: go back.
    Rewind {
        /// Its epoch.
        server_epoch: u64,
        /// The last entry it holds.
        held_seq: u64,
    },
    /// Bring a blob.
    PullBlob(BlobRef),
    /// Send entries, in as many segments and requests as it takes.
    Push {
        /// The first.
        from_seq: u64,
        /// The last.
        upto_seq: u64,
    },
    /// Send a run of a picture.
    SendPicture(AttachmentHash),
    /// Ask without sending anything: receipts, configuration, headquarters' state.
    Ask,
}

/// Decides what to do, in this order. `remote` is `None` before headquarters was asked.
///
/// Going back comes first, because everything else follows from where headquarters really is; then
/// entries, then what the device would like to have, and pictures last: they may take an hour on a bad road, and neither
/// an incident nor a new form may wait behind them. Before headquarters has answered, none is sent.
#[must_use]
pub fn plan(local: &LocalState, remote: Option<&RemoteState>) -> Vec<Action> {
    let mut actions = Vec::new();
    let mut held_seq = local.held_seq;
    if let Some(remote) = remote {
        let remote_held = remote.next_seq.saturating_sub(1);
        if remote.server_epoch > local.server_epoch || remote_held < local.held_seq {
            held_seq = remote_held.min(local.held_seq);
            actions.push(Action::Rewind {
                server_epoch: remote.server_epoch,
                held_seq,
            });
        }
    }
    let may_push = remote.is_none_or(|remote| !remote.revoked);
    if may_push && local.head_seq > held_seq {
        actions.push(Action::Push {
            from_seq: (held_seq + 1 + u64::from(is_planted(Bug::EntrySkipped))).min(local.head_seq),
            upto_seq: local.head_seq,
        });
    } else if remote.is_none() {
        actions.push(Action::Ask);
    }
    actions.extend(local.missing_blobs.iter().cloned().map(Action::PullBlob));
    let is_all_held = local.head_seq <= held_seq;
    if is_all_held && remote.is_some_and(|remote| !remote.revoked) {
        actions.extend(local.pictures.iter().copied().map(Action::SendPicture));
    }
    actions
}

#[cfg(test)]
mod tests {
    use super::*;
    use baqylau_protocol::{BlobHash, BlobKind};

    fn local(head_seq: u64, held_seq: u64) -> LocalState {
        LocalState {
            head_seq,
            server_epoch: 3,
            held_seq,
            config_version: 1,
            missing_blobs: Vec::new(),
            pictures: Vec::new(),
        }
    }

    fn remote(server_epoch: u64, next_seq: u64) -> RemoteState {
        RemoteState {
            server_epoch,
            next_seq,
            revoked: false,
        }
    }

    #[test]
    fn with_nothing_to_send_it_still_asks_once() {
        assert_eq!(plan(&local(4, 4), None), [Action::Ask]);
        assert_eq!(plan(&local(4, 4), Some(&remote(3, 5))), []);
    }

    #[test]
    fn what_is_not_held_is_sent_without_asking_first() {
        assert_eq!(
            plan(&local(9, 4), None),
            [Action::Push {
                from_seq: 5,
                upto_seq: 9
            }]
        );
    }

    #[test]
    fn a_restored_headquarters_gets_everything_again_that_it_lost() {
        let actions = plan(&local(9, 9), Some(&remote(4, 3)));
        let expected = [
            Action::Rewind {
                server_epoch: 4,
                held_seq: 2,
            },
            Action::Push {
                from_seq: 3,
                upto_seq: 9,
            },
        ];
        assert_eq!(actions, expected);
    }

    #[test]
    fn a_headquarters_that_lost_entries_without_a_new_epoch_gets_them_too() {
        let actions = plan(&local(9, 9), Some(&remote(3, 3)));
        assert_eq!(
            actions[0],
            Action::Rewind {
                server_epoch: 3,
                held_seq: 2
            }
        );
    }

    #[test]
    fn a_new_epoch_is_noted_although_nothing_was_lost() {
        let noted = Action::Rewind {
            server_epoch: 4,
            held_seq: 9,
        };
        assert_eq!(plan(&local(9, 9), Some(&remote(4, 10))), [noted]);
        assert_eq!(plan(&local(9, 9), Some(&remote(2, 10))), [], "an older one");
    }

    #[test]
    fn evidence_goes_before_downloads_and_a_revoked_device_stops_sending() {
        let blob = BlobRef {
            kind: BlobKind::Form,
            id: "voting".into(),
            hash: BlobHash([1; 32]),
            bytes: 9,
        };
        let local = LocalState {
            missing_blobs: vec![blob.clone()],
            ..local(9, 4)
        };
        let push = Action::Push {
            from_seq: 5,
            upto_seq: 9,
        };
        assert_eq!(plan(&local, None), [push, Action::PullBlob(blob.clone())]);
        let revoked = RemoteState {
            revoked: true,
            ..remote(3, 5)
        };
        assert_eq!(plan(&local, Some(&revoked)), [Action::PullBlob(blob)]);
    }

    #[test]
    fn pictures_go_when_no_entry_waits_and_headquarters_has_answered() {
        let (first, second) = (AttachmentHash([1; 32]), AttachmentHash([2; 32]));
        let with_pictures = |head_seq, held_seq| LocalState {
            pictures: vec![first, second],
            ..local(head_seq, held_seq)
        };
        let push = Action::Push {
            from_seq: 5,
            upto_seq: 9,
        };
        assert_eq!(
            plan(&with_pictures(9, 4), None),
            std::slice::from_ref(&push)
        );
        assert_eq!(plan(&with_pictures(9, 4), Some(&remote(3, 5))), [push]);
        assert_eq!(plan(&with_pictures(9, 9), None), [Action::Ask]);
        assert_eq!(
            plan(&with_pictures(9, 9), Some(&remote(3, 10))),
            [Action::SendPicture(first), Action::SendPicture(second)]
        );
        let revoked = RemoteState {
            revoked: true,
            ..remote(3, 10)
        };
        assert_eq!(plan(&with_pictures(9, 9), Some(&revoked)), []);
    }
}
