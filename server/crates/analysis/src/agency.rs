//! What an agency's name tells of it: whether it is a government, and of which level.

/// Ends of the names of departments.
const DEPARTMENTS: [&str; 13] =
    ["局", "厅", "委", "委员会", "办", "办公室", "中心", "署", "站", "院", "处", "队", "社"];

/// Whether it is a department, which reports by 31 January: a government, or a body in place of
/// one, has until 31 March. What its name does not tell is no department.
pub(crate) fn is_department(name: &str) -> bool {
    let is_government = name.contains("人民政府")
        || ["管委会", "管理委员会", "街道办", "办事处", "公所"].iter().any(|it| name.ends_with(it))
        || ["政府办", "政府办公室", "政府办公厅"].iter().any(|it| name.ends_with(it));
    !is_government && DEPARTMENTS.iter().any(|it| name.ends_with(it))
}

/// Whether it cannot make 规章, which ministries, provinces, 设区的市 and 自治州 can (立法法): a
/// body of a county, district or below, or a department of a province or city.
pub(crate) fn cannot_make_rules(name: &str) -> bool {
    let name = ["自治区", "自治州", "开发区", "新区"]
        .iter()
        .fold(name.to_owned(), |name, it| name.replace(it, "市"));
    let is_local = |it: char| matches!(it, '县' | '旗' | '区' | '镇' | '乡');
    let is_below = name.contains("街道") || name.chars().skip(1).any(is_local);
    let is_of_city = name.chars().skip(1).any(|it| matches!(it, '省' | '市' | '州' | '盟'));
    is_below || is_of_city && is_department(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn departments_are_told_from_governments() {
        for name in ["青禾市水务局", "云溪县发展和改革委员会", "青禾省教育厅", "青禾市统计局"]
        {
            assert!(is_department(name), "{name}");
        }
        for name in [
            "青禾市人民政府",
            "青禾市人民政府办公室",
            "白石镇",
            "云溪县",
            "青禾经济开发区管委会",
            "青禾新区管理委员会",
            "河湾街道办事处",
            "青禾大学",
        ] {
            assert!(!is_department(name), "{name}");
        }
    }

    #[test]
    fn who_makes_rules_is_told_by_the_name() {
        for name in [
            "白石镇人民政府",
            "云溪县人民政府",
            "临江区",
            "云溪县教育局",
            "青禾市水务局",
            "河湾街道办事处",
            "青禾省教育厅",
        ] {
            assert!(cannot_make_rules(name), "{name}");
        }
        for name in [
            "青禾市",
            "青禾市人民政府",
            "青禾省",
            "东岭自治区人民政府",
            "云山自治州",
            "教育部",
            "国家统计局",
            "青禾市人民政府办公厅",
            "海关总署",
            "青禾经济开发区管委会",
        ] {
            assert!(!cannot_make_rules(name), "{name}");
        }
    }
}
