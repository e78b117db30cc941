//! The tree over headquarters' log (RFC 6962): one hash for everything that ever arrived, in its order.
//!
//! Leaves hash as `SHA-256(0x00 ‖ leaf)`, pairs as `SHA-256(0x01 ‖ left ‖ right)`, so that no leaf can pass for a
//! pair. What the log's leaves are is the caller's affair; headquarters' are the hashes of sealed segments.

use sha2::{Digest as _, Sha256};

/// The hash of a leaf, of a subtree or of the whole log.
pub type LogHash = [u8; 32];

/// The hash of one leaf.
#[must_use]
pub fn log_leaf(leaf: &[u8]) -> LogHash {
    Sha256::new()
        .chain_update([0])
        .chain_update(leaf)
        .finalize()
        .into()
}

fn pair(left: &LogHash, right: &LogHash) -> LogHash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// A log that only grows. Of all its leaves it keeps the frontier: the roots of the full subtrees at its right edge,
/// one for each bit of its size, so that a leaf costs a logarithm of hashes and the root can be had at any time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogTree {
    size: u64,
    /// Largest subtree first.
    frontier: Vec<LogHash>,
}

impl LogTree {
    /// The tree of which [`LogTree::size`] and [`LogTree::frontier`] were kept; `None` when they cannot belong
    /// together.
    #[must_use]
    pub fn resume(size: u64, frontier: Vec<LogHash>) -> Option<Self> {
        let is_whole = frontier.len() == size.count_ones() as usize;
        is_whole.then_some(Self { size, frontier })
    }

    /// Leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the full subtrees, the largest first.
    #[must_use]
    pub fn frontier(&self) -> &[LogHash] {
        &self.frontier
    }

    /// Appends a leaf.
    pub fn push(&mut self, leaf: &[u8]) {
        let mut hash = log_leaf(leaf);
        // Every full subtree as large as what has just been made becomes its left half.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.frontier.pop() {
                hash = pair(&left, &hash);
            }
        }
        self.frontier.push(hash);
        self.size += 1;
    }

    /// The root; of an empty log the SHA-256 of nothing.
    #[must_use]
    pub fn root(&self) -> LogHash {
        let mut rest = self.frontier.iter().rev();
        let Some(smallest) = rest.next() else {
            return Sha256::digest(b"").into();
        };
        rest.fold(*smallest, |right, left| pair(left, &right))
    }
}

/// Where a log of `size` > 1 leaves is parted: the largest power of two below it.
fn split(size: usize) -> usize {
    1 << (size - 1).ilog2()
}

fn root_of(leaves: &[LogHash]) -> LogHash {
    match leaves {
        [] => Sha256::digest(b"").into(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            pair(&root_of(left), &root_of(right))
        }
    }
}

/// The path that shows that the leaf at `index` is in the log; `None` when there is no such leaf.
///
/// `leaves` are the hashes of all leaves ([`log_leaf`]).
#[must_use]
pub fn inclusion_proof(leaves: &[LogHash], index: usize) -> Option<Vec<LogHash>> {
    if index >= leaves.len() {
        return None;
    }
    let (mut leaves, mut index, mut path) = (leaves, index, Vec::new());
    while leaves.len() > 1 {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if index < left.len() {
            path.push(root_of(right));
            leaves = left;
        } else {
            path.push(root_of(left));
            index -= left.len();
            leaves = right;
        }
    }
    path.reverse();
    Some(path)
}

/// Whether `path` shows that `leaf` (its hash) is the one at `index` of the log of `size` leaves with `root`.
#[must_use]
pub fn is_included(
    leaf: &LogHash,
    index: u64,
    size: u64,
    path: &[LogHash],
    root: &LogHash,
) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for beside in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = pair(beside, &hash);
            // The right edge skips the levels at which it has no left neighbour.
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = pair(&hash, beside);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// The path that shows that the log as it was with `old` leaves is the beginning of the log as it is; `None` when it
/// never had so many, or none.
#[must_use]
pub fn consistency_proof(leaves: &[LogHash], old: usize) -> Option<Vec<LogHash>> {
    if old == 0 || old > leaves.len() {
        return None;
    }
    let (mut leaves, mut old, mut path) = (leaves, old, Vec::new());
    // The verifier knows the old root: it is left out as long as it is itself a subtree of the new log.
    let mut is_old_root = true;
    while old < leaves.len() {
        let (left, right) = leaves.split_at(split(leaves.len()));
        if old <= left.len() {
            path.push(root_of(right));
            leaves = left;
        } else {
            path.push(root_of(left));
            old -= left.len();
            leaves = right;
            is_old_root = false;
        }
    }
    if !is_old_root {
        path.push(root_of(leaves));
    }
    path.reverse();
    Some(path)
}

/// Whether `path` shows that the log of `old` leaves with `old_root` is the beginning of the one of `size` leaves with
/// `root`.
#[must_use]
pub fn is_consistent(
    old: u64,
    old_root: &LogHash,
    size: u64,
    root: &LogHash,
    path: &[LogHash],
) -> bool {
    if old == 0 || old > size {
        return false;
    }
    if old == size {
        return path.is_empty() && old_root == root;
    }
    let (mut at, mut last) = (old - 1, size - 1);
    let climb = at.trailing_ones();
    at >>= climb;
    last >>= climb;
    // An old log that is one full subtree is its own first step.
    let (first, path) = if old.is_power_of_two() {
        (old_root, path)
    } else {
        match path.split_first() {
            Some(parted) => parted,
            None => return false,
        }
    };
    let (mut was, mut is) = (*first, *first);
    for beside in path {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            was = pair(beside, &was);
            is = pair(beside, &is);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            is = pair(&is, beside);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && was == *old_root && is == *root
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition as RFC 6962 writes it.
    fn naive(leaves: &[Vec<u8>]) -> LogHash {
        match leaves {
            [] => Sha256::digest(b"").into(),
            [leaf] => Sha256::digest([&[0], leaf.as_slice()].concat()).into(),
            _ => {
                let mut half = 1;
                while half * 2 < leaves.len() {
                    half *= 2;
                }
                let (left, right) = leaves.split_at(half);
                Sha256::digest([[1].as_slice(), &naive(left), &naive(right)].concat()).into()
            }
        }
    }

    fn tree(leaves: &[Vec<u8>]) -> LogTree {
        let mut tree = LogTree::default();
        leaves.iter().for_each(|leaf| tree.push(leaf));
        tree
    }

    fn hex(hash: LogHash) -> String {
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn the_vectors_of_certificate_transparency_come_out() {
        let leaves: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        for (size, root) in roots.into_iter().enumerate() {
            let leaves: Vec<_> = leaves[..size].iter().map(|leaf| leaf.to_vec()).collect();
            assert_eq!(hex(tree(&leaves).root()), root, "{size} leaves");
        }
    }

    #[test]
    fn a_frontier_that_does_not_fit_its_size_is_refused() {
        assert_eq!(LogTree::resume(3, vec![[0; 32]]), None);
        assert!(LogTree::resume(3, vec![[0; 32]; 2]).is_some());
    }

    #[test]
    fn nothing_is_shown_of_a_log_that_never_was() {
        let hashes: Vec<_> = [b"a", b"b", b"c"].map(|leaf| log_leaf(leaf)).into();
        assert_eq!(consistency_proof(&hashes, 0), None);
        assert_eq!(consistency_proof(&hashes, 4), None);
        assert_eq!(consistency_proof(&hashes, 3), Some(Vec::new()));
        let root = root_of(&hashes);
        assert!(!is_consistent(0, &root, 3, &root, &[]), "from nothing");
        assert!(!is_consistent(4, &root, 3, &root, &[]), "from more");
        assert!(is_consistent(3, &root, 3, &root, &[]));
        assert!(!is_consistent(3, &root, 3, &root, &hashes[..1]), "too long");
        assert!(!is_consistent(3, &[0; 32], 3, &root, &[]), "another root");
        assert!(!is_included(&root, 0, 0, &[], &root), "nothing is in it");
        assert!(is_included(&root, 0, 1, &[], &root));
    }

    /// Leaves that differ: among equal ones, as among equal segments, a place proves nothing.
    fn logs() -> impl Strategy<Value = Vec<Vec<u8>>> {
        let leaves = proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..6), 0..70);
        leaves.prop_map(|mut leaves| {
            for (place, leaf) in (0..).zip(&mut leaves) {
                leaf.push(place);
            }
            leaves
        })
    }

    proptest! {
        #[test]
        fn the_frontier_gives_the_root_of_the_definition(leaves in logs(), cut in 0_usize..70) {
            let cut = cut.min(leaves.len());
            let begun = tree(&leaves[..cut]);
            let mut resumed = LogTree::resume(begun.size(), begun.frontier().to_vec()).expect("its own");
            leaves[cut..].iter().for_each(|leaf| resumed.push(leaf));
            prop_assert_eq!(resumed.root(), naive(&leaves));
            prop_assert_eq!(resumed, tree(&leaves));
        }

        #[test]
        fn every_leaf_is_shown_in_its_place_and_in_no_other(leaves in logs(), index in 0_usize..70, other in 0_usize..70) {
            prop_assume!(index < leaves.len());
            let hashes: Vec<_> = leaves.iter().map(|leaf| log_leaf(leaf)).collect();
            let (size, root) = (leaves.len() as u64, naive(&leaves));
            let path = inclusion_proof(&hashes, index).expect("it is there");
            prop_assert!(is_included(&hashes[index], index as u64, size, &path, &root));
            if other != index {
                prop_assert!(!is_included(&hashes[index], other as u64, size, &path, &root));
            }
            prop_assert!(!is_included(&[7; 32], index as u64, size, &path, &root));
            if let Some((_, shorter)) = path.split_last() {
                prop_assert!(!is_included(&hashes[index], index as u64, size, shorter, &root));
            }
            let longer = [path.as_slice(), &[[7; 32]]].concat();
            prop_assert!(!is_included(&hashes[index], index as u64, size, &longer, &root));
            prop_assert_eq!(inclusion_proof(&hashes, leaves.len()), None);
        }

        #[test]
        fn a_log_that_grew_is_told_from_one_that_was_rewritten(leaves in logs(), old in 1_usize..70, at in 0_usize..70) {
            prop_assume!(old <= leaves.len());
            let hashes: Vec<_> = leaves.iter().map(|leaf| log_leaf(leaf)).collect();
            let (size, root, old_root) = (leaves.len() as u64, naive(&leaves), naive(&leaves[..old]));
            let path = consistency_proof(&hashes, old).expect("it was so long");
            prop_assert!(is_consistent(old as u64, &old_root, size, &root, &path));
            let mut rewritten = leaves.clone();
            rewritten[at % old].push(1);
            let hashes: Vec<_> = rewritten.iter().map(|leaf| log_leaf(leaf)).collect();
            let path = consistency_proof(&hashes, old).expect("as long");
            prop_assert!(!is_consistent(old as u64, &old_root, size, &naive(&rewritten), &path));
            prop_assert!(!is_consistent(old as u64, &old_root, size, &[7; 32], &path));
        }
    }
}
