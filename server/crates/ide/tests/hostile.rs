//! No text takes much longer than its length tells, whatever is in it: nothing looks back over
//! what was read, or starts again.

use gouji_analysis::{Checked, Config, Document, check};
use gouji_ide::Hints;

/// With a space for `·` and a line break for `¶`.
const REPEATED: &str = "\
    9 ９ 999, 9· 1·234· 9|9 三 万 十亿 百分之 百分之三 3% 占3% 第3条 （3） 3、 1. 0.5 2023 2023年 2023- 3月 \
    （ ） 《 》 《a》 “ ， 、 ； 。 ： | |· ||| \\| # #· ##·a¶ - -· >· 1.· *· ** _ ` ``` ~~~¶ [ ]( ![ < </ <t & &# \
    <b> <td> <tr> <table> <table><tr><td> <td·rowspan=\"9\"> <tr><td>3</td></tr>¶ <!-- \
    http:// www. a@ 〔2023〕3号 ¶ ¶¶ \t3 3¶ 3¶¶ 字¶ 字·3¶ a|b¶ |·a·|¶|-|¶ |·总计·|·3·|¶ 总计¶ \
    其中 其中， 其中：3件， 3件， 共3件， 较上年增长3%， 收到申请3件，其中办结2件， 未收到 分别为 元 万元 附件 附件1¶ \
    报告 政府信息公开工作年度报告¶ 青禾市水务局2023年政府信息公开工作年度报告¶ 一、 （一） 一、总体情况¶ 二、主动公开¶一、总体情况¶ \
    第二十条第（一）项¶ 规章¶ 信息内容|本年制发件数|本年废止件数|现行有效件数¶ 行政许可·3¶";

fn checked(text: &str) -> Checked {
    check(&Document::new(text), &Config::default(), None, &|| false).expect("nobody cancels")
}

/// All that an editor asks of a document, and something of a place in its middle.
fn ask(text: &str) {
    let checked = checked(text);
    let all = 0..text.len();
    let _ = (gouji_ide::symbols(&checked), gouji_ide::folds(&checked), gouji_ide::lenses(&checked));
    let _ = (gouji_ide::hints(&checked, &all, Hints::All), gouji_ide::tokens(&checked, &all));
    let at = text.char_indices().nth(text.chars().count() / 2).map_or(0, |it| it.0);
    let _ = (gouji_ide::hover(&checked, at), gouji_ide::highlights(&checked, at));
    let _ = (gouji_ide::selections(&checked, at), gouji_ide::references(&checked, at, true));
    let _ = gouji_ide::fix_all(checked.document(), &Config::default());
}

/// No clock: what takes the square of its length would take minutes, and in a release build, with
/// more text, not end.
#[test]
fn repeated_pieces_are_checked_and_asked_about_in_one_pass() {
    const BYTES: usize = if cfg!(debug_assertions) { 1 << 12 } else { 1 << 18 };
    for piece in REPEATED.split([' ', '\n']).filter(|it| !it.is_empty()) {
        let piece = piece.replace('·', " ").replace('¶', "\n");
        let repeated = piece.repeat(BYTES / piece.len());
        let title = "青禾市水务局2023年政府信息公开工作年度报告";
        ask(&repeated);
        ask(&format!(
            "{title}\n\n一、总体情况\n\n收到申请3件，{repeated}\n\n二、主动公开政府信息情况\n"
        ));
    }
}
