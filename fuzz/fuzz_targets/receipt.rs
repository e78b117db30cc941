//! See [`baqylau_fuzz::wire::receipt`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| baqylau_fuzz::wire::receipt(bytes));
