//! Layouts that stand on others: what the child has of its parents, and what is refused.

use article::diag::Log;
use diglot::pdf::layout::{Layout, Overrides};
use toml::Table;

use crate::ensure;
use crate::support::program::Place;
use crate::support::{self, Outcome, Trial};

/// A test and its name.
type Named = (&'static str, fn() -> Outcome);

pub fn trials() -> Vec<Trial> {
    let all: [Named; 6] = [
        ("a child has what it does not say from its parent", child),
        ("an option that the parent does not know is a fault at its line", unknown_option),
        ("a value that is none of the choices is a fault at its line", choices),
        ("what the layout lacks is said at its line", lacking),
        ("the project has the last word", project),
        ("a sheet takes in the built-in ones that it imports", sheets),
    ];
    all.into_iter().map(|(name, run)| Trial::test(format!("inherit/{name}"), run)).collect()
}

fn layout(name: &str, files: &[(&str, &str)]) -> Layout {
    Layout::from_files(name, files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect())
}

fn parent() -> Layout {
    layout(
        "old",
        &[
            ("layout.toml", "name = \"old\"\nfonts = [\"A\"]\nlogo = \"\"\n[page]\nwidth = 170\n[colours]\nink = \"#000\"\n"),
            ("layout.typ", "x"),
            ("layout.css", "p {}\n"),
        ],
    )
}

fn said(log: &Log) -> Vec<(String, usize)> {
    log.iter()
        .map(|said| (said.message.clone(), said.elsewhere.as_ref().map_or(0, |place| place.text[..place.span.start as usize].matches('\n').count() + 1)))
        .collect()
}

fn child() -> Outcome {
    let child = layout(
        "new",
        &[("layout.toml", "name = \"new\"\nextends = \"old\"\nlogo = \"l.svg\"\n[page]\nwidth = 160.5\n"), ("layout.css", "q {}\n"), ("l.svg", "<svg/>")],
    );
    let mut log = Log::default();
    let whole = Layout::inherit(&mut log, vec![child, parent()], None).ok_or("no layout")?;
    ensure!(log.is_empty(), "{log:?}");
    ensure!(whole.file("layout.typ") == Some(&b"x"[..]), "the parent's code is not there");
    ensure!(whole.file("l.svg").is_some(), "the child's picture is not there");
    ensure!(whole.css() == ":root { --ink: #000 }\np {}\nq {}\n", "{}", whole.css());
    let settings: Table = toml::from_str(&String::from_utf8_lossy(whole.file("layout.toml").ok_or("no options")?))?;
    ensure!(settings["page"]["width"].as_float() == Some(160.5), "{settings}");
    ensure!((settings["name"].as_str(), settings["fonts"][0].as_str(), settings["logo"].as_str()) == (Some("new"), Some("A"), Some("l.svg")), "{settings}");
    ensure!(whole.manifest(&mut log).ok_or("no manifest")?.fonts == ["A"], "the fonts are others");
    ensure!(whole.named("old/layout.typ") == Some(&b"x"[..]), "the parent's code is not to be had by its name");
    Ok(())
}

fn unknown_option() -> Outcome {
    let child = layout("new", &[("layout.toml", "name = \"new\"\nextends = \"old\"\n[page]\nwidht = 160\nwidth = \"wide\"\n")]);
    let mut log = Log::default();
    ensure!(Layout::inherit(&mut log, vec![child, parent()], None).is_none(), "it is let pass");
    ensure!(said(&log) == [("the layout has no option `widht`".to_owned(), 4), ("the option `width` is a number and not a text".to_owned(), 5)], "{log:?}");
    Ok(())
}

fn choices() -> Outcome {
    let parent = layout(
        "old",
        &[
            (
                "layout.toml",
                "name = \"old\"\n[heads]\neven = \"title\"\norder = [\"a\"]\n[choices.heads]\neven = [\"title\", \"none\"]\norder = [\"a\", \"b\"]\n",
            ),
            ("layout.typ", "x"),
        ],
    );
    let child = |lines: &str| layout("new", &[("layout.toml", &format!("name = \"new\"\nextends = \"old\"\n[heads]\n{lines}"))]);
    let mut log = Log::default();
    ensure!(Layout::inherit(&mut log, vec![child("order = [\"b\", \"c\"]\neven = \"nobody\"\n"), parent.clone()], None).is_none(), "it is let pass");
    let mut found = said(&log);
    found.sort();
    ensure!(found == [("the option `even` cannot be `nobody`".to_owned(), 5), ("the option `order` cannot be `c`".to_owned(), 4)], "{log:?}");
    let mut log = Log::default();
    let whole = Layout::inherit(&mut log, vec![child("order = [\"b\"]\neven = \"none\"\n"), parent], None);
    ensure!(whole.is_some() && log.is_empty(), "{log:?}");
    Ok(())
}

/// The program says of a layout of the disk what it lacks, and where.
fn lacking() -> Outcome {
    let table = "<table-wrap id=\"t\"><label>T</label><caption><p>c</p></caption><table><tbody><tr><td>x</td></tr></tbody></table></table-wrap>";
    let place = Place::with(support::article(table))?;
    for (file, text, wanted) in [
        ("layout.toml", "name = \"own\"\nextends = \"nosuch\"\n", "own/layout.toml:2:1: error[unknown-layout]: there is no layout `nosuch`"),
        ("layout.typ", "#let t = text\n", "own/layout.typ:1:1: error[missing-word]: the layout does not define the word `article`"),
        (
            "layout.typ",
            "#import \"/layouts/classic/layout.typ\": *\n\n#let table-wrap(id: none, label: none, body) = body\n",
            "own/layout.typ:3:1: error[layout-fault]: unexpected argument: continued",
        ),
    ] {
        place.write("own/layout.toml", "name = \"own\"\nextends = \"classic\"\n")?;
        place.write(&format!("own/{file}"), text)?;
        let run = place.run(&["build", "article.xml", "--layout", "own", "-o", "x.pdf", "--message-format", "short"])?;
        ensure!(run.code != Some(0) && run.err.contains(wanted), "not `{wanted}`, but {}", run.err);
    }
    Ok(())
}

fn project() -> Outcome {
    let overrides =
        Overrides { shown: "diglot.toml".to_owned(), text: "[layout]\nname = \"old\"\npage.width = 150\nextra = 1\n".to_owned(), table: "layout".to_owned() };
    let mut log = Log::default();
    ensure!(Layout::inherit(&mut log, vec![parent()], Some(&overrides)).is_none(), "it is let pass");
    ensure!(said(&log) == [("the layout has no option `extra`".to_owned(), 4)], "{log:?}");
    let overrides = Overrides { text: "[layout]\npage.width = 150\n".to_owned(), ..overrides };
    let whole = Layout::inherit(&mut Log::default(), vec![parent()], Some(&overrides)).ok_or("no layout")?;
    ensure!(String::from_utf8_lossy(whole.file("layout.toml").ok_or("no options")?).contains("width = 150"), "the project is not heard");
    Ok(())
}

fn sheets() -> Outcome {
    let one = |css: &str| layout("one", &[("layout.toml", "name = \"one\"\n"), ("layout.typ", "x"), ("layout.css", css)]);
    let whole = Layout::inherit(&mut Log::default(), vec![one("a {}\n@import \"/layouts/base/front.css\";\nb {}\n")], None).ok_or("no layout")?;
    let css = whole.css();
    ensure!(css.starts_with("a {}\n") && css.ends_with("\nb {}\n") && css.contains(".front p {") && !css.contains("@import"), "{css}");
    let mut log = Log::default();
    ensure!(Layout::inherit(&mut log, vec![one("a {}\n@import \"/layouts/base/nosuch.css\";\n")], None).is_none(), "it is let pass");
    ensure!(said(&log) == [("there is no style sheet `base/nosuch.css` among the built-in layouts".to_owned(), 2)], "{log:?}");
    for name in Layout::names() {
        ensure!(!Layout::built_in(name).ok_or("no layout")?.css().contains("@import"), "`{name}` has a sheet that asks for another");
    }
    Ok(())
}
