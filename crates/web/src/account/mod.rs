//! Accounts: signing in and out, and one's own account.

mod browser;
pub mod leave;
pub mod password;
pub mod show;
pub mod sign_in;
