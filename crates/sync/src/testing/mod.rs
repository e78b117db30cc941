//! For tests: a reference headquarters in memory and the contract suite that every `SyncApi` passes.
