// The few sentences that scripts say themselves; all else comes from the server in the reader's language.
const words = {
  zh: {
    unreachable: '暂时无法连接服务器，您填写的内容仍在页面上，请稍后再试。',
    malformed: '填写的内容格式不正确，请检查。',
    signedOut: '登录已过期。您填写的内容已暂存，请重新登录后继续。',
    moved: '在您填写期间，他人已更新了此内容。',
    reload: '查看最新内容',
    field: '栏目', mine: '我的内容', theirs: '最新内容',
    what: '其间发生的事', who: '人员', when: '时间',
    keepMine: '仍用我的内容提交', keepChosen: '按所选内容保存', useMine: '用我的', useTheirs: '用最新的', takeTheirs: '采用最新内容', back: '返回继续编辑',
    restored: '已恢复您填写后尚未保存的内容。', dropTyped: '不要了，显示已保存的内容',
    saved: '已保存。', remove: '删除此行', uploading: '上传中', tooLarge: '文件超过 50 MiB，未上传。',
    live: '内容有更新',
  },
  en: {
    unreachable: 'The server cannot be reached for the moment. What you typed is still here; please try again.',
    malformed: 'Something typed is not well formed; please check.',
    signedOut: 'Your session has ended. What you typed is kept; please sign in again to go on.',
    moved: 'Somebody else changed this while you were typing.',
    reload: 'Show the newest content',
    field: 'Field', mine: 'Mine', theirs: 'Newest',
    what: 'What happened meanwhile', who: 'Who', when: 'When',
    keepMine: 'Submit mine all the same', keepChosen: 'Save what is chosen', useMine: 'Use mine', useTheirs: 'Use the newest', takeTheirs: 'Take the newest', back: 'Back to editing',
    restored: 'What you typed and had not saved is here again.', dropTyped: 'Drop it and show what is saved',
    saved: 'Saved.', remove: 'Remove this line', uploading: 'Uploading', tooLarge: 'The file is larger than 50 MiB and was not uploaded.',
    live: 'There is something new',
  },
};

/** The sentence in the page's language. */
export function text(key) {
  return words[document.documentElement.lang.startsWith('en') ? 'en' : 'zh'][key];
}
