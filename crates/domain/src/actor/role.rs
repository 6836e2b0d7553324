//! Roles that people hold in units (vai trò).

/// A role, held by a person in a unit from one day to another; the jobs of the product's first chapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Enters the unit's figures (đầu mối báo cáo).
    Reporter,
    /// Runs emulation and commendation (chuyên viên thi đua, khen thưởng).
    Specialist,
    /// Leads a cluster for a year (cụm trưởng).
    ClusterLead,
    /// Keeps the council's papers (thư ký hội đồng).
    CouncilSecretary,
    /// Votes in the council (thành viên hội đồng).
    CouncilMember,
    /// Approves and signs (lãnh đạo).
    Leader,
    /// Numbers, seals and sends documents (văn thư).
    Clerk,
    /// Keeps the installation and its accounts (quản trị).
    Administrator,
}

impl Role {
    /// Every role, in the order in which they are listed to people.
    pub const ALL: [Self; 8] = [
        Self::Reporter,
        Self::Specialist,
        Self::ClusterLead,
        Self::CouncilSecretary,
        Self::CouncilMember,
        Self::Leader,
        Self::Clerk,
        Self::Administrator,
    ];

    /// The word in columns, on the command line and in keys of sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::Specialist => "specialist",
            Self::ClusterLead => "cluster-lead",
            Self::CouncilSecretary => "council-secretary",
            Self::CouncilMember => "council-member",
            Self::Leader => "leader",
            Self::Clerk => "clerk",
            Self::Administrator => "administrator",
        }
    }

    /// Reads the word; an unknown one is none.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn words_are_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.word()), Some(role));
        }
        assert_eq!(Role::parse("chair"), None);
    }
}
