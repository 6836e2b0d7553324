//! Dossiers: rounds, nominations, reports and papers, steps, stops, consultation and public notice.

mod attach_paper;
mod board;
mod gathered;
mod held;
mod matters;
mod nominate;
mod notices;
mod open_round;
mod rounds;

mod sample;
mod show;
mod stop;
mod take_step;
mod write_report;

pub use attach_paper::{NewPaper, attach_paper, paper_file};
pub use board::{Board, BoardAsked, BoardRow, board};
pub use gathered::Look;
pub use matters::{NewMatter, act_on_matter, open_matter};
pub use nominate::{NewDossier, Nominating, nominate, nominating};
pub use notices::{Noticed, notices};
pub use open_round::open_round;
pub use rounds::{RoundSeen, Rounds, rounds};
pub use sample::open_sample;
pub use show::{DossierSeen, StepSeen, show};
pub use stop::{NewStop, stop};
pub use take_step::{Prepared, StepAsked, TAKEN_HERE, prepare, take_step, take_steps};
pub use write_report::{draft_report, write_report};
