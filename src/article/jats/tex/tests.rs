use super::*;

#[test]
fn definitions_are_refused() {
    assert_eq!(read("\\def\\a{\\a\\a}\\a"), Err("it defines commands of its own (`\\def`)".to_owned()));
    assert!(read("\\left(x\\right)").is_ok());
}

#[test]
fn what_the_parser_lacks_is_said_in_other_words() {
    for tex in [
        "\\mbox{eV}",
        "{a \\over b}",
        "x\\label{eq:1}",
        "\\bm{x}",
        "\\upmu",
        "\\phantom{x}y",
        "$x$ ",
        "{n \\choose {k}}",
        "a\\tag{3}",
        "\\root 3 \\of {x}",
        "a=b\\\\+c",
        "}{}$x$",
        "a\\mod h",
        "\\varvec{R}",
        "H\\textsuperscript {2}",
    ] {
        assert!(read(tex).is_ok(), "{tex}: {:?}", read(tex));
    }
}

#[test]
fn a_word_is_one_token() {
    let Ok(row) = read("\\mathrm{max}") else { panic!("not read") };
    let [Math::Row(row)] = row.as_slice() else { panic!("{row:?}") };
    assert_eq!(row.len(), 1, "{row:?}");
}

#[test]
fn a_system_of_equations_is_a_table() {
    for tex in ["\\begin{align}a&=b\\\\c&=d\\end{align}", "\\begin{eqnarray*}a&=&b\\\\c&=&d\\end{eqnarray*}"] {
        let Ok(row) = read(tex) else { panic!("{tex}: {:?}", read(tex)) };
        let [Math::Table(table)] = row.as_slice() else { panic!("{row:?}") };
        assert_eq!(table.rows.len(), 2);
        assert!(table.close, "{tex}");
    }
}

#[test]
fn arrays_are_read_whatever_stands_between_their_columns() {
    for tex in ["\\begin{array}{@{}rcl@{}}a&=&b\\end{array}", "\\begin{array}{*{20}l}a=b\\end{array}", "\\substack{^{3}\\\\{\\sum}\\\\_{i=1}}x"] {
        assert!(read(tex).is_ok(), "{tex}: {:?}", read(tex));
    }
}

#[test]
fn arrows_stand_in_brackets_that_grow() {
    for arrow in ["rightarrow", "leftarrow", "leftrightarrow", "rightharpoonup", "rightleftharpoons", "longrightarrow"] {
        let tex = format!("\\left[a_{{b{{\\{arrow}}}c}}\\{arrow} d\\right]");
        let alone = format!("a\\{arrow} d");
        assert!(read(&tex).is_ok(), "{tex}: {:?}", read(&tex));
        assert!(format!("{:?}", read(&alone)).contains("Operator"), "{alone}: {:?}", read(&alone));
    }
}

#[test]
fn what_is_struck_through_says_so() {
    for tex in ["\\not{p}", "\\not p", "\\slashed{p}", "\\slashed p", "\\not{\\!p}"] {
        let Ok(row) = read(tex) else { panic!("{tex}: {:?}", read(tex)) };
        assert!(format!("{row:?}").contains("\\u{338}"), "{tex}: {row:?}");
    }
    let Ok(row) = read("\\not{ab}") else { panic!("not read") };
    assert!(format!("{row:?}").contains("Strike"), "{row:?}");
}

#[test]
fn where_a_formula_stands_in_the_line_is_no_part_of_it() {
    for tex in ["\\begin{aligned}[b]a&=b\\end{aligned}", "\\begin{array}[t]{lr}a&b\\end{array}", "\\begin{gathered}[c]a\\end{gathered}"] {
        let Ok(row) = read(tex) else { panic!("{tex}: {:?}", read(tex)) };
        assert!(!format!("{row:?}").contains("\"[\""), "{tex}: {row:?}");
    }
}

#[test]
fn what_is_wrong_is_said() {
    assert!(read("\\frac{a}").is_err());
    assert!(read("a}").is_err());
    assert!(read(&"{".repeat(4000)).is_err());
    assert!(read(&format!("{}x{}", "{".repeat(4000), "}".repeat(4000))).is_err());
}
