// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { FinishedAnswers } from "./FinishedAnswers";
import type { Theme } from "./Theme";

/**
 * Settings that hold nothing secret.
 */
export type Settings = { 
/**
 * `en`, `ru` or `kk`.
 */
language: string, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * Minutes without a touch until the app locks itself.
 */
lock_after_min: number, 
/**
 * Seconds until the app locks itself after it was left; 0: at once; `None`: only as if untouched.
 */
lock_on_leave_s: number | null, 
/**
 * Wrong PINs in a row that destroy everything: 5, 10 or 20; `None`: none do.
 */
wipe_after: number | null, 
/**
 * What becomes of the plain answers of a finished report.
 */
finished_answers: FinishedAnswers, 
/**
 * Minutes after finishing in which a report may still be corrected, before its plain answers may go.
 */
edit_window_min: number, 
/**
 * The proxy on the way to headquarters, `http://host:port` or `socks5h://host:port`; `None`: there is none.
 */
proxy: string | null, };
