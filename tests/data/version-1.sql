PRAGMA application_id = 1095586899;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE chapter (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL,
  source_id INTEGER NOT NULL REFERENCES document, target_id INTEGER NOT NULL REFERENCES document,
  UNIQUE (name, source_language, target_language)
);
INSERT INTO "chapter" VALUES(1,'05-post-editing','en','zh',1,2);
CREATE TABLE document (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL, language TEXT NOT NULL, sha256 TEXT NOT NULL, encoding TEXT NOT NULL, text TEXT NOT NULL,
  read_at TEXT NOT NULL
);
INSERT INTO "document" VALUES(1,'resources/sample/en/05-post-editing.md','en','1e8e5e9ad0e036eec9530b4df724453773e5a4f05611f7eb0678d09d4447687c','utf-8','# Post-Editing and New Editions
:label:`sec_post_editing`

The job has finished, and the draft of a chapter lies before you. It reads well,
and that is the danger. In this chapter, we will see how to correct a draft
without losing time, and how to keep up when the author publishes a new edition.

## Reading a Draft

*Post-editing* is the correction of machine translation. It is neither
translating nor proofreading, because the errors of a machine are of their own
kind: the sentence is smooth, and the term is wrong. Read the source text first
and the draft second. If you begin with the draft, it tells you what to see in
the source text. Then ask four questions, in this order:

1. **Meaning**: is anything missing, added, or reversed?
2. **Terms**: does each one agree with the terminology list?
3. **Markup**: are formulas, code, and links exactly as they were?
4. **Style**: would a native speaker have written it?

Change what is wrong, and leave what is merely different. Every needless change
costs time, and it teaches the machine your mood instead of your language.

> If you cannot say what is wrong with a sentence, leave it alone.

How much work has the draft saved? A simple measure is the share of sentences
that needed no change. If $a$ of the $n$ sentences in a chapter were accepted as
they were, the share is

$$s = \frac{a}{n}.$$
:eqlabel:`eq_share`

In a chapter of 160 sentences, $s = 0.8$ leaves 32 sentences for you. The reader
never sees this work, but feels it.

## Closing the Loop

The corrected chapter is more than a result, for it is also new parallel data.
Align it, look at the beads with the lowest confidence first, and add its
sentence pairs to the others. The next job will then use the terms that you have
just corrected. Each turn of the loop makes the next draft a little better.

## A New Edition

Authors never stop writing. A new edition may change only three sentences of a
chapter, and it would be a pity to translate the whole chapter again. The remedy
is to compare the two editions sentence by sentence. Let us look at an example.

```{.python .input}
from difflib import SequenceMatcher

old = ["Length is a hint.", "Look at an example."]
new = ["Length is a strong hint.", "Look at an example.", "Keep the code as it is."]
# Only what is "equal" keeps its translation without a question
for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
    print(tag, old[a:b], new[c:d])
```

:numref:`tab_changes` shows what happens to the translation of each sentence.

:What happens to a translation when the source text changes.

|The sentence is|Its translation|
|:--|:--|
|unchanged|stays as it is|
|moved|moves along|
|edited|is checked by a person|
|new|begins as a draft of the machine|
|gone|stays in the translation memory|
:label:`tab_changes`

Two rules keep everybody calm. A program may propose a change, but it never
overwrites a human translation. And what a person has confirmed stays confirmed
as long as its source text does not change. Code is compared as well, but it is
copied and not translated. Keep the code as it is.

Sometimes the new edition looks wrong. When in doubt, ask the author. Authors
are usually grateful, because nobody reads a book more slowly than its
translator[^1].

[^1]: Except, perhaps, a student on the night before the examination.

## Summary

* Read the source text first, and change only what is wrong.
* The corrected chapter becomes parallel data for the next one.
* A new edition is compared sentence by sentence; a human translation is never
  overwritten.

## Exercises

1. Try it on your own chapter: how large is the share $s$ of :eqref:`eq_share`?
2. Why should a sentence that was moved keep its translation, and when should it
   not?
','2026-11-25T21:34:12+00:00');
INSERT INTO "document" VALUES(2,'resources/sample/zh/05-post-editing.md','zh','d32b3c80224598a0c177f7b8ae703d363fdb044c4a46e8c2891213fc94fba7e8','utf-8','# 译后编辑与新版
:label:`sec_post_editing`

作业已经完成，一个章节的初稿摆在你面前。
它读起来很流畅，而这正是危险所在。
在本章中，我们将看到如何不浪费时间地修改初稿，
以及当作者出新版时如何跟上。

## 阅读初稿

*译后编辑*就是修改机器翻译的结果。
它既不是翻译，也不是校对，因为机器犯的错误自成一类：句子很通顺，术语却是错的。
先读原文，再读初稿，因为如果先读初稿，
它就会告诉你该在原文中看到什么。
然后按以下顺序问四个问题：

1. **意思**：有没有遗漏、添加或说反的地方？
2. **术语**：每个术语都与术语表一致吗？
3. **标记**：公式、代码和链接都与原来完全一样吗？
4. **风格**：母语者会这样写吗？

错的要改，仅仅是不同的就不要动。
每一处不必要的修改都要花时间。
而且，它教给机器的是你的心情，而不是你的语言。

> 说不出一个句子错在哪里，就不要动它。

初稿省下了多少工作？
一个简单的衡量办法是看不需要修改的句子所占的比例。
如果一个章节的$n$个句子中有$a$个被原样接受，那么这个比例就是

$$s = \frac{a}{n}.$$
:eqlabel:`eq_share`

在有160个句子的章节中，$s = 0.8$意味着留给你的还有32个句子。
读者看不到这些工作，但能感受到。

## 让循环闭合

改好的章节不只是成果，它还是新的平行数据。
把它对齐，先看置信度最低的句珠，再把它的句对加入已有的句对。
这样，下一次作业就会用上你刚刚改好的术语。
循环每转一圈，下一份初稿就更好一点。

## 新版来了

作者从不停笔。
一个新版也许只改动了一个章节中的三个句子，把整个章节重新翻译一遍就太可惜了。
补救的办法是逐句比较新旧两版。
我们来看一个例子。

```{.python .input}
from difflib import SequenceMatcher

old = ["Length is a hint.", "Look at an example."]
new = ["Length is a strong hint.", "Look at an example.", "Keep the code as it is."]
# 只有“equal”（相同）的句子可以直接保留译文
for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
    print(tag, old[a:b], new[c:d])
```

 :numref:`tab_changes`说明了每个句子的译文会怎么样。

:原文改变时，译文会怎么样。

|句子|它的译文|
|:--|:--|
|未改动|原样保留|
|被移动|跟着移动|
|被修改|由人检查|
|新增|从机器的初稿开始|
|消失|留在翻译记忆库中|
:label:`tab_changes`

有两条规则能让大家安心。
程序可以提出修改建议，但绝不覆盖人工译文。
人确认过的内容，只要原文不变，就始终算是确认过的。
代码也要比较，但只是照搬，并不翻译。
代码保持原样。

有时，新版看起来像是错了。
拿不准时，就去问作者。
作者通常都很感激，因为没有人比译者读得更慢[^1]。

[^1]: 也许考试前夜的学生除外。

## 小结

* 先读原文，只改错的地方。
* 改好的章节会成为下一个章节的平行数据。
* 新版要逐句比较；人工译文绝不会被覆盖。

## 练习

1. 在自己的章节上试一试： :eqref:`eq_share`中的比例$s$有多大？
2. 为什么被移动的句子应当保留译文，什么时候又不应当保留？
','2026-11-25T21:34:12+00:00');
CREATE TABLE holder (id INTEGER PRIMARY KEY CHECK (id = 1), host TEXT, user TEXT, pid INTEGER, since TEXT);
CREATE TABLE output (
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  chapter_id INTEGER NOT NULL REFERENCES chapter ON DELETE CASCADE,
  source_sha256 TEXT NOT NULL,
  block INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (run_id, chapter_id, block)
) WITHOUT ROWID;
INSERT INTO "output" VALUES(1,1,'1e8e5e9ad0e036eec9530b4df724453773e5a4f05611f7eb0678d09d4447687c',0,'译后编辑');
INSERT INTO "output" VALUES(1,1,'1e8e5e9ad0e036eec9530b4df724453773e5a4f05611f7eb0678d09d4447687c',1,'一段。');
CREATE TABLE parallel_data (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL, version INTEGER NOT NULL,
  unit TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE, uri TEXT NOT NULL, sha256 TEXT NOT NULL,
  pairs INTEGER NOT NULL, skipped INTEGER NOT NULL, chapters TEXT NOT NULL,
  status TEXT NOT NULL, message TEXT NOT NULL, imported INTEGER NOT NULL, made_at TEXT NOT NULL,
  UNIQUE (name, version)
);
CREATE TABLE row (
  track_id INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,
  rank INTEGER NOT NULL,
  state TEXT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (track_id, rank)
) WITHOUT ROWID;
INSERT INTO "row" VALUES(1,1048576,'confirmed','{"s":[[0,0,"Post-Editing and New Editions"]],"t":[[0,0,"译后编辑与新版"]],"c":0.9899473190307617,"state":"confirmed"}');
INSERT INTO "row" VALUES(1,2097152,'confirmed','{"s":[[1,1,"The job has finished, and the draft of a chapter lies before you."]],"t":[[1,1,"作业已经完成，一个章节的初稿摆在你面前。"]],"c":0.9620546102523804,"state":"confirmed"}');
INSERT INTO "row" VALUES(1,3145728,'confirmed','{"s":[[2,1,"It reads well, and that is the danger."]],"t":[[2,1,"它读起来很流畅，而这正是危险所在。"]],"c":0.9403424263000488,"state":"confirmed"}');
INSERT INTO "row" VALUES(1,4194304,'automatic','{"s":[[3,1,"In this chapter, we will see how to correct a draft without losing time, and how to keep up when the author publishes a new edition."]],"t":[[3,1,"在本章中，我们将看到如何不浪费时间地修改初稿，以及当作者出新版时如何跟上。"]],"c":0.9485051035881042}');
INSERT INTO "row" VALUES(1,5242880,'automatic','{"s":[[4,2,"Reading a Draft"]],"t":[[4,2,"阅读初稿"]],"c":0.9724059104919434}');
INSERT INTO "row" VALUES(1,6291456,'automatic','{"s":[[5,3,"*Post-editing* is the correction of machine translation."]],"t":[[5,3,"*译后编辑*就是修改机器翻译的结果。"]],"c":0.9844924211502075}');
INSERT INTO "row" VALUES(1,7340032,'automatic','{"s":[[6,3,"It is neither translating nor proofreading, because the errors of a machine are of their own kind: the sentence is smooth, and the term is wrong."]],"t":[[6,3,"它既不是翻译，也不是校对，因为机器犯的错误自成一类：句子很通顺，术语却是错的。"]],"c":0.9828687906265259}');
INSERT INTO "row" VALUES(1,8388608,'automatic','{"s":[[7,3,"Read the source text first and the draft second."],[8,3,"If you begin with the draft, it tells you what to see in the source text."]],"t":[[7,3,"先读原文，再读初稿，因为如果先读初稿，它就会告诉你该在原文中看到什么。"]],"c":0.973099946975708}');
INSERT INTO "row" VALUES(1,9437184,'automatic','{"s":[[9,3,"Then ask four questions, in this order:"]],"t":[[8,3,"然后按以下顺序问四个问题："]],"c":0.9900504350662231}');
INSERT INTO "row" VALUES(1,10485760,'automatic','{"s":[[10,4,"**Meaning**: is anything missing, added, or reversed?"]],"t":[[9,4,"**意思**：有没有遗漏、添加或说反的地方？"]],"c":0.988976001739502}');
INSERT INTO "row" VALUES(1,11534336,'automatic','{"s":[[11,5,"**Terms**: does each one agree with the terminology list?"]],"t":[[10,5,"**术语**：每个术语都与术语表一致吗？"]],"c":0.9830602407455444}');
INSERT INTO "row" VALUES(1,12582912,'automatic','{"s":[[12,6,"**Markup**: are formulas, code, and links exactly as they were?"]],"t":[[11,6,"**标记**：公式、代码和链接都与原来完全一样吗？"]],"c":0.9827111959457397}');
INSERT INTO "row" VALUES(1,13631488,'automatic','{"s":[[13,7,"**Style**: would a native speaker have written it?"]],"t":[[12,7,"**风格**：母语者会这样写吗？"]],"c":0.9887566566467285}');
INSERT INTO "row" VALUES(1,14680064,'automatic','{"s":[[14,8,"Change what is wrong, and leave what is merely different."]],"t":[[13,8,"错的要改，仅仅是不同的就不要动。"]],"c":0.9236738681793213}');
INSERT INTO "row" VALUES(1,15728640,'automatic','{"s":[[15,8,"Every needless change costs time, and it teaches the machine your mood instead of your language."]],"t":[[14,8,"每一处不必要的修改都要花时间。"],[15,8,"而且，它教给机器的是你的心情，而不是你的语言。"]],"c":0.7805929780006409}');
INSERT INTO "row" VALUES(1,16777216,'automatic','{"s":[[16,9,"If you cannot say what is wrong with a sentence, leave it alone."]],"t":[[16,9,"说不出一个句子错在哪里，就不要动它。"]],"c":0.9429373145103455}');
INSERT INTO "row" VALUES(1,17825792,'automatic','{"s":[[17,10,"How much work has the draft saved?"]],"t":[[17,10,"初稿省下了多少工作？"]],"c":0.9872943758964539}');
INSERT INTO "row" VALUES(1,18874368,'automatic','{"s":[[18,10,"A simple measure is the share of sentences that needed no change."]],"t":[[18,10,"一个简单的衡量办法是看不需要修改的句子所占的比例。"]],"c":0.9839102625846863}');
INSERT INTO "row" VALUES(1,19922944,'automatic','{"s":[[19,10,"If $a$ of the $n$ sentences in a chapter were accepted as they were, the share is"]],"t":[[19,10,"如果一个章节的$n$个句子中有$a$个被原样接受，那么这个比例就是"]],"c":0.9792608022689819}');
INSERT INTO "row" VALUES(1,20971520,'automatic','{"s":[[20,11,"In a chapter of 160 sentences, $s = 0.8$ leaves 32 sentences for you."]],"t":[[20,11,"在有160个句子的章节中，$s = 0.8$意味着留给你的还有32个句子。"]],"c":0.9795889854431152,"why":["unusual length"]}');
INSERT INTO "row" VALUES(1,22020096,'automatic','{"s":[[21,11,"The reader never sees this work, but feels it."]],"t":[[21,11,"读者看不到这些工作，但能感受到。"]],"c":0.9692264795303345}');
INSERT INTO "row" VALUES(1,23068672,'automatic','{"s":[[22,12,"Closing the Loop"]],"t":[[22,12,"让循环闭合"]],"c":0.9656241536140442}');
INSERT INTO "row" VALUES(1,24117248,'automatic','{"s":[[23,13,"The corrected chapter is more than a result, for it is also new parallel data."]],"t":[[23,13,"改好的章节不只是成果，它还是新的平行数据。"]],"c":0.976665735244751}');
INSERT INTO "row" VALUES(1,25165824,'automatic','{"s":[[24,13,"Align it, look at the beads with the lowest confidence first, and add its sentence pairs to the others."]],"t":[[24,13,"把它对齐，先看置信度最低的句珠，再把它的句对加入已有的句对。"]],"c":0.9829141497612}');
INSERT INTO "row" VALUES(1,26214400,'automatic','{"s":[[25,13,"The next job will then use the terms that you have just corrected."]],"t":[[25,13,"这样，下一次作业就会用上你刚刚改好的术语。"]],"c":0.9794061779975891}');
INSERT INTO "row" VALUES(1,27262976,'automatic','{"s":[[26,13,"Each turn of the loop makes the next draft a little better."]],"t":[[26,13,"循环每转一圈，下一份初稿就更好一点。"]],"c":0.9632583856582642}');
INSERT INTO "row" VALUES(1,28311552,'automatic','{"s":[[27,14,"A New Edition"]],"t":[[27,14,"新版来了"]],"c":0.9535731077194214}');
INSERT INTO "row" VALUES(1,29360128,'automatic','{"s":[[28,15,"Authors never stop writing."]],"t":[[28,15,"作者从不停笔。"]],"c":0.9641112685203552}');
INSERT INTO "row" VALUES(1,30408704,'automatic','{"s":[[29,15,"A new edition may change only three sentences of a chapter, and it would be a pity to translate the whole chapter again."]],"t":[[29,15,"一个新版也许只改动了一个章节中的三个句子，把整个章节重新翻译一遍就太可惜了。"]],"c":0.9725792407989502}');
INSERT INTO "row" VALUES(1,31457280,'automatic','{"s":[[30,15,"The remedy is to compare the two editions sentence by sentence."]],"t":[[30,15,"补救的办法是逐句比较新旧两版。"]],"c":0.9605085253715515}');
INSERT INTO "row" VALUES(1,32505856,'automatic','{"s":[[31,15,"Let us look at an example."]],"t":[[31,15,"我们来看一个例子。"]],"c":0.9593407511711121}');
INSERT INTO "row" VALUES(1,33554432,'automatic','{"s":[[32,16,":numref:`tab_changes` shows what happens to the translation of each sentence."]],"t":[[32,16,":numref:`tab_changes`说明了每个句子的译文会怎么样。"]],"c":0.9594298601150513}');
INSERT INTO "row" VALUES(1,34603008,'automatic','{"s":[[33,17,"What happens to a translation when the source text changes."]],"t":[[33,17,"原文改变时，译文会怎么样。"]],"c":0.9212804436683655}');
INSERT INTO "row" VALUES(1,35651584,'automatic','{"s":[[34,18,"The sentence is"]],"t":[[34,18,"句子"]],"c":0.864927351474762}');
INSERT INTO "row" VALUES(1,36700160,'automatic','{"s":[[35,19,"Its translation"]],"t":[[35,19,"它的译文"]],"c":0.8257620334625244}');
INSERT INTO "row" VALUES(1,37748736,'automatic','{"s":[[36,20,"unchanged"]],"t":[[36,20,"未改动"]],"c":0.8195058703422546}');
INSERT INTO "row" VALUES(1,38797312,'automatic','{"s":[[37,21,"stays as it is"]],"t":[[37,21,"原样保留"]],"c":0.8121081590652466}');
INSERT INTO "row" VALUES(1,39845888,'automatic','{"s":[[38,22,"moved"]],"t":[[38,22,"被移动"]],"c":0.812313973903656}');
INSERT INTO "row" VALUES(1,40894464,'automatic','{"s":[[39,23,"moves along"]],"t":[[39,23,"跟着移动"]],"c":0.7967888116836548}');
INSERT INTO "row" VALUES(1,41943040,'automatic','{"s":[[40,24,"edited"]],"t":[[40,24,"被修改"]],"c":0.8150902390480042}');
INSERT INTO "row" VALUES(1,42991616,'automatic','{"s":[[41,25,"is checked by a person"]],"t":[[41,25,"由人检查"]],"c":0.7656614184379578}');
INSERT INTO "row" VALUES(1,44040192,'automatic','{"s":[[42,26,"new"]],"t":[[42,26,"新增"]],"c":0.7999200820922852}');
INSERT INTO "row" VALUES(1,45088768,'automatic','{"s":[[43,27,"begins as a draft of the machine"]],"t":[[43,27,"从机器的初稿开始"]],"c":0.8012047410011292}');
INSERT INTO "row" VALUES(1,46137344,'automatic','{"s":[[44,28,"gone"]],"t":[[44,28,"消失"]],"c":0.8558695912361145}');
INSERT INTO "row" VALUES(1,47185920,'automatic','{"s":[[45,29,"stays in the translation memory"]],"t":[[45,29,"留在翻译记忆库中"]],"c":0.887427568435669}');
INSERT INTO "row" VALUES(1,48234496,'automatic','{"s":[[46,30,"Two rules keep everybody calm."]],"t":[[46,30,"有两条规则能让大家安心。"]],"c":0.9570468664169312}');
INSERT INTO "row" VALUES(1,49283072,'automatic','{"s":[[47,30,"A program may propose a change, but it never overwrites a human translation."]],"t":[[47,30,"程序可以提出修改建议，但绝不覆盖人工译文。"]],"c":0.976914644241333}');
INSERT INTO "row" VALUES(1,50331648,'automatic','{"s":[[48,30,"And what a person has confirmed stays confirmed as long as its source text does not change."]],"t":[[48,30,"人确认过的内容，只要原文不变，就始终算是确认过的。"]],"c":0.9838958978652954}');
INSERT INTO "row" VALUES(1,51380224,'automatic','{"s":[[49,30,"Code is compared as well, but it is copied and not translated."]],"t":[[49,30,"代码也要比较，但只是照搬，并不翻译。"]],"c":0.9653657078742981}');
INSERT INTO "row" VALUES(1,52428800,'automatic','{"s":[[50,30,"Keep the code as it is."]],"t":[[50,30,"代码保持原样。"]],"c":0.9556834697723389}');
INSERT INTO "row" VALUES(1,53477376,'automatic','{"s":[[51,31,"Sometimes the new edition looks wrong."]],"t":[[51,31,"有时，新版看起来像是错了。"]],"c":0.9671810865402222}');
INSERT INTO "row" VALUES(1,54525952,'automatic','{"s":[[52,31,"When in doubt, ask the author."]],"t":[[52,31,"拿不准时，就去问作者。"]],"c":0.9678177237510681}');
INSERT INTO "row" VALUES(1,55574528,'automatic','{"s":[[53,31,"Authors are usually grateful, because nobody reads a book more slowly than its translator[^1]."]],"t":[[53,31,"作者通常都很感激，因为没有人比译者读得更慢[^1]。"]],"c":0.9684810042381287}');
INSERT INTO "row" VALUES(1,56623104,'automatic','{"s":[[54,32,"Except, perhaps, a student on the night before the examination."]],"t":[[54,32,"也许考试前夜的学生除外。"]],"c":0.9488723278045654,"why":["unusual length"]}');
INSERT INTO "row" VALUES(1,57671680,'automatic','{"s":[[55,33,"Summary"]],"t":[[55,33,"小结"]],"c":0.9332514405250549}');
INSERT INTO "row" VALUES(1,58720256,'automatic','{"s":[[56,34,"Read the source text first, and change only what is wrong."]],"t":[[56,34,"先读原文，只改错的地方。"]],"c":0.9497162699699402}');
INSERT INTO "row" VALUES(1,59768832,'automatic','{"s":[[57,35,"The corrected chapter becomes parallel data for the next one."]],"t":[[57,35,"改好的章节会成为下一个章节的平行数据。"]],"c":0.9773349761962891}');
INSERT INTO "row" VALUES(1,60817408,'automatic','{"s":[[58,36,"A new edition is compared sentence by sentence; a human translation is never overwritten."]],"t":[[58,36,"新版要逐句比较；人工译文绝不会被覆盖。"]],"c":0.9536740779876709}');
INSERT INTO "row" VALUES(1,61865984,'automatic','{"s":[[59,37,"Exercises"]],"t":[[59,37,"练习"]],"c":0.9279265999794006}');
INSERT INTO "row" VALUES(1,62914560,'automatic','{"s":[[60,38,"Try it on your own chapter: how large is the share $s$ of :eqref:`eq_share`?"]],"t":[[60,38,"在自己的章节上试一试： :eqref:`eq_share`中的比例$s$有多大？"]],"c":0.9564309120178223}');
INSERT INTO "row" VALUES(1,63963136,'automatic','{"s":[[61,39,"Why should a sentence that was moved keep its translation, and when should it not?"]],"t":[[61,39,"为什么被移动的句子应当保留译文，什么时候又不应当保留？"]],"c":0.9978488087654114}');
INSERT INTO "row" VALUES(2,1048576,'open','{"b":0,"s":"Post-Editing and New Editions","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,2097152,'open','{"b":1,"s":"The job has finished, and the draft of a chapter lies before you. It reads well, and that is the danger. In this chapter, we will see how to correct a draft without losing time, and how to keep up when the author publishes a new edition.","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,3145728,'open','{"b":2,"s":"Reading a Draft","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,4194304,'open','{"b":3,"s":"*Post-editing* is the correction of machine translation. It is neither translating nor proofreading, because the errors of a machine are of their own kind: the sentence is smooth, and the term is wrong. Read the source text first and the draft second. If you begin with the draft, it tells you what to see in the source text. Then ask four questions, in this order:","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,5242880,'open','{"b":4,"s":"**Meaning**: is anything missing, added, or reversed?","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,6291456,'open','{"b":5,"s":"**Terms**: does each one agree with the terminology list?","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,7340032,'open','{"b":6,"s":"**Markup**: are formulas, code, and links exactly as they were?","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,8388608,'open','{"b":7,"s":"**Style**: would a native speaker have written it?","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,9437184,'open','{"b":8,"s":"Change what is wrong, and leave what is merely different. Every needless change costs time, and it teaches the machine your mood instead of your language.","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,10485760,'open','{"b":9,"s":"If you cannot say what is wrong with a sentence, leave it alone.","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,11534336,'open','{"b":10,"s":"How much work has the draft saved? A simple measure is the share of sentences that needed no change. If $a$ of the $n$ sentences in a chapter were accepted as they were, the share is","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,12582912,'open','{"b":11,"s":"In a chapter of 160 sentences, $s = 0.8$ leaves 32 sentences for you. The reader never sees this work, but feels it.","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,13631488,'open','{"b":12,"s":"Closing the Loop","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,14680064,'open','{"b":13,"s":"The corrected chapter is more than a result, for it is also new parallel data. Align it, look at the beads with the lowest confidence first, and add its sentence pairs to the others. The next job will then use the terms that you have just corrected. Each turn of the loop makes the next draft a little better.","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,15728640,'open','{"b":14,"s":"A New Edition","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,16777216,'open','{"b":15,"s":"Authors never stop writing. A new edition may change only three sentences of a chapter, and it would be a pity to translate the whole chapter again. The remedy is to compare the two editions sentence by sentence. Let us look at an example.","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,17825792,'open','{"b":16,"s":":numref:`tab_changes` shows what happens to the translation of each sentence.","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,18874368,'open','{"b":17,"s":"What happens to a translation when the source text changes.","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,19922944,'open','{"b":18,"s":"The sentence is","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,20971520,'open','{"b":19,"s":"Its translation","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,22020096,'open','{"b":20,"s":"unchanged","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,23068672,'open','{"b":21,"s":"stays as it is","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,24117248,'open','{"b":22,"s":"moved","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,25165824,'open','{"b":23,"s":"moves along","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,26214400,'open','{"b":24,"s":"edited","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,27262976,'open','{"b":25,"s":"is checked by a person","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,28311552,'open','{"b":26,"s":"new","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,29360128,'open','{"b":27,"s":"begins as a draft of the machine","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,30408704,'open','{"b":28,"s":"gone","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,31457280,'open','{"b":29,"s":"stays in the translation memory","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,32505856,'open','{"b":30,"s":"Two rules keep everybody calm. A program may propose a change, but it never overwrites a human translation. And what a person has confirmed stays confirmed as long as its source text does not change. Code is compared as well, but it is copied and not translated. Keep the code as it is.","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,33554432,'open','{"b":31,"s":"Sometimes the new edition looks wrong. When in doubt, ask the author. Authors are usually grateful, because nobody reads a book more slowly than its translator[^1].","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,34603008,'open','{"b":32,"s":"Except, perhaps, a student on the night before the examination.","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,35651584,'open','{"b":33,"s":"Summary","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,36700160,'open','{"b":34,"s":"Read the source text first, and change only what is wrong.","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,37748736,'open','{"b":35,"s":"The corrected chapter becomes parallel data for the next one.","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,38797312,'open','{"b":36,"s":"A new edition is compared sentence by sentence; a human translation is never overwritten.","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,39845888,'open','{"b":37,"s":"Exercises","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,40894464,'open','{"b":38,"s":"Try it on your own chapter: how large is the share $s$ of :eqref:`eq_share`?","t":"","state":"open","run":0}');
INSERT INTO "row" VALUES(2,41943040,'open','{"b":39,"s":"Why should a sentence that was moved keep its translation, and when should it not?","t":"","state":"open","run":0}');
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, arm TEXT NOT NULL, source_language TEXT NOT NULL, target_language TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE, input_uri TEXT NOT NULL, output_uri TEXT NOT NULL, chapters TEXT NOT NULL,
  parallel_data TEXT NOT NULL, job_id TEXT NOT NULL, status TEXT NOT NULL, message TEXT NOT NULL,
  is_offline INTEGER NOT NULL, started_at TEXT NOT NULL, is_fetched INTEGER NOT NULL
);
INSERT INTO "run" VALUES(1,'key','amts-book-en-zh-none','none','en','zh','token','s3://b/in/','s3://b/out/','[1]','','job','COMPLETED','',1,'2026-11-25T12:00:00+00:00',1);
CREATE TABLE segment (
  document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  unit TEXT NOT NULL CHECK (unit IN ('block', 'sentence')),
  number INTEGER NOT NULL,
  block INTEGER NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (document_id, unit, number)
) WITHOUT ROWID;
INSERT INTO "segment" VALUES(1,'block',0,0,'heading',2,31,'Post-Editing and New Editions');
INSERT INTO "segment" VALUES(1,'block',1,1,'paragraph',59,296,'The job has finished, and the draft of a chapter lies before you. It reads well, and that is the danger. In this chapter, we will see how to correct a draft without losing time, and how to keep up when the author publishes a new edition.');
INSERT INTO "segment" VALUES(1,'block',2,2,'heading',301,316,'Reading a Draft');
INSERT INTO "segment" VALUES(1,'block',3,3,'paragraph',318,683,'*Post-editing* is the correction of machine translation. It is neither translating nor proofreading, because the errors of a machine are of their own kind: the sentence is smooth, and the term is wrong. Read the source text first and the draft second. If you begin with the draft, it tells you what to see in the source text. Then ask four questions, in this order:');
INSERT INTO "segment" VALUES(1,'block',4,4,'list-item',688,741,'**Meaning**: is anything missing, added, or reversed?');
INSERT INTO "segment" VALUES(1,'block',5,5,'list-item',745,802,'**Terms**: does each one agree with the terminology list?');
INSERT INTO "segment" VALUES(1,'block',6,6,'list-item',806,869,'**Markup**: are formulas, code, and links exactly as they were?');
INSERT INTO "segment" VALUES(1,'block',7,7,'list-item',873,923,'**Style**: would a native speaker have written it?');
INSERT INTO "segment" VALUES(1,'block',8,8,'paragraph',925,1079,'Change what is wrong, and leave what is merely different. Every needless change costs time, and it teaches the machine your mood instead of your language.');
INSERT INTO "segment" VALUES(1,'block',9,9,'quote',1083,1147,'If you cannot say what is wrong with a sentence, leave it alone.');
INSERT INTO "segment" VALUES(1,'block',10,10,'paragraph',1149,1331,'How much work has the draft saved? A simple measure is the share of sentences that needed no change. If $a$ of the $n$ sentences in a chapter were accepted as they were, the share is');
INSERT INTO "segment" VALUES(1,'block',11,11,'paragraph',1375,1491,'In a chapter of 160 sentences, $s = 0.8$ leaves 32 sentences for you. The reader never sees this work, but feels it.');
INSERT INTO "segment" VALUES(1,'block',12,12,'heading',1496,1512,'Closing the Loop');
INSERT INTO "segment" VALUES(1,'block',13,13,'paragraph',1514,1823,'The corrected chapter is more than a result, for it is also new parallel data. Align it, look at the beads with the lowest confidence first, and add its sentence pairs to the others. The next job will then use the terms that you have just corrected. Each turn of the loop makes the next draft a little better.');
INSERT INTO "segment" VALUES(1,'block',14,14,'heading',1828,1841,'A New Edition');
INSERT INTO "segment" VALUES(1,'block',15,15,'paragraph',1843,2082,'Authors never stop writing. A new edition may change only three sentences of a chapter, and it would be a pity to translate the whole chapter again. The remedy is to compare the two editions sentence by sentence. Let us look at an example.');
INSERT INTO "segment" VALUES(1,'block',16,16,'paragraph',2451,2528,':numref:`tab_changes` shows what happens to the translation of each sentence.');
INSERT INTO "segment" VALUES(1,'block',17,17,'caption',2531,2590,'What happens to a translation when the source text changes.');
INSERT INTO "segment" VALUES(1,'block',18,18,'table-cell',2593,2608,'The sentence is');
INSERT INTO "segment" VALUES(1,'block',19,19,'table-cell',2609,2624,'Its translation');
INSERT INTO "segment" VALUES(1,'block',20,20,'table-cell',2637,2646,'unchanged');
INSERT INTO "segment" VALUES(1,'block',21,21,'table-cell',2647,2661,'stays as it is');
INSERT INTO "segment" VALUES(1,'block',22,22,'table-cell',2664,2669,'moved');
INSERT INTO "segment" VALUES(1,'block',23,23,'table-cell',2670,2681,'moves along');
INSERT INTO "segment" VALUES(1,'block',24,24,'table-cell',2684,2690,'edited');
INSERT INTO "segment" VALUES(1,'block',25,25,'table-cell',2691,2713,'is checked by a person');
INSERT INTO "segment" VALUES(1,'block',26,26,'table-cell',2716,2719,'new');
INSERT INTO "segment" VALUES(1,'block',27,27,'table-cell',2720,2752,'begins as a draft of the machine');
INSERT INTO "segment" VALUES(1,'block',28,28,'table-cell',2755,2759,'gone');
INSERT INTO "segment" VALUES(1,'block',29,29,'table-cell',2760,2791,'stays in the translation memory');
INSERT INTO "segment" VALUES(1,'block',30,30,'paragraph',2815,3101,'Two rules keep everybody calm. A program may propose a change, but it never overwrites a human translation. And what a person has confirmed stays confirmed as long as its source text does not change. Code is compared as well, but it is copied and not translated. Keep the code as it is.');
INSERT INTO "segment" VALUES(1,'block',31,31,'paragraph',3103,3267,'Sometimes the new edition looks wrong. When in doubt, ask the author. Authors are usually grateful, because nobody reads a book more slowly than its translator[^1].');
INSERT INTO "segment" VALUES(1,'block',32,32,'footnote',3275,3338,'Except, perhaps, a student on the night before the examination.');
INSERT INTO "segment" VALUES(1,'block',33,33,'heading',3343,3350,'Summary');
INSERT INTO "segment" VALUES(1,'block',34,34,'list-item',3354,3412,'Read the source text first, and change only what is wrong.');
INSERT INTO "segment" VALUES(1,'block',35,35,'list-item',3415,3476,'The corrected chapter becomes parallel data for the next one.');
INSERT INTO "segment" VALUES(1,'block',36,36,'list-item',3479,3570,'A new edition is compared sentence by sentence; a human translation is never overwritten.');
INSERT INTO "segment" VALUES(1,'block',37,37,'heading',3575,3584,'Exercises');
INSERT INTO "segment" VALUES(1,'block',38,38,'list-item',3589,3665,'Try it on your own chapter: how large is the share $s$ of :eqref:`eq_share`?');
INSERT INTO "segment" VALUES(1,'block',39,39,'list-item',3669,3754,'Why should a sentence that was moved keep its translation, and when should it not?');
INSERT INTO "segment" VALUES(1,'sentence',0,0,'heading',2,31,'Post-Editing and New Editions');
INSERT INTO "segment" VALUES(1,'sentence',1,1,'paragraph',59,124,'The job has finished, and the draft of a chapter lies before you.');
INSERT INTO "segment" VALUES(1,'sentence',2,1,'paragraph',125,163,'It reads well, and that is the danger.');
INSERT INTO "segment" VALUES(1,'sentence',3,1,'paragraph',164,296,'In this chapter, we will see how to correct a draft without losing time, and how to keep up when the author publishes a new edition.');
INSERT INTO "segment" VALUES(1,'sentence',4,2,'heading',301,316,'Reading a Draft');
INSERT INTO "segment" VALUES(1,'sentence',5,3,'paragraph',318,374,'*Post-editing* is the correction of machine translation.');
INSERT INTO "segment" VALUES(1,'sentence',6,3,'paragraph',375,520,'It is neither translating nor proofreading, because the errors of a machine are of their own kind: the sentence is smooth, and the term is wrong.');
INSERT INTO "segment" VALUES(1,'sentence',7,3,'paragraph',521,569,'Read the source text first and the draft second.');
INSERT INTO "segment" VALUES(1,'sentence',8,3,'paragraph',570,643,'If you begin with the draft, it tells you what to see in the source text.');
INSERT INTO "segment" VALUES(1,'sentence',9,3,'paragraph',644,683,'Then ask four questions, in this order:');
INSERT INTO "segment" VALUES(1,'sentence',10,4,'list-item',688,741,'**Meaning**: is anything missing, added, or reversed?');
INSERT INTO "segment" VALUES(1,'sentence',11,5,'list-item',745,802,'**Terms**: does each one agree with the terminology list?');
INSERT INTO "segment" VALUES(1,'sentence',12,6,'list-item',806,869,'**Markup**: are formulas, code, and links exactly as they were?');
INSERT INTO "segment" VALUES(1,'sentence',13,7,'list-item',873,923,'**Style**: would a native speaker have written it?');
INSERT INTO "segment" VALUES(1,'sentence',14,8,'paragraph',925,982,'Change what is wrong, and leave what is merely different.');
INSERT INTO "segment" VALUES(1,'sentence',15,8,'paragraph',983,1079,'Every needless change costs time, and it teaches the machine your mood instead of your language.');
INSERT INTO "segment" VALUES(1,'sentence',16,9,'quote',1083,1147,'If you cannot say what is wrong with a sentence, leave it alone.');
INSERT INTO "segment" VALUES(1,'sentence',17,10,'paragraph',1149,1183,'How much work has the draft saved?');
INSERT INTO "segment" VALUES(1,'sentence',18,10,'paragraph',1184,1249,'A simple measure is the share of sentences that needed no change.');
INSERT INTO "segment" VALUES(1,'sentence',19,10,'paragraph',1250,1331,'If $a$ of the $n$ sentences in a chapter were accepted as they were, the share is');
INSERT INTO "segment" VALUES(1,'sentence',20,11,'paragraph',1375,1444,'In a chapter of 160 sentences, $s = 0.8$ leaves 32 sentences for you.');
INSERT INTO "segment" VALUES(1,'sentence',21,11,'paragraph',1445,1491,'The reader never sees this work, but feels it.');
INSERT INTO "segment" VALUES(1,'sentence',22,12,'heading',1496,1512,'Closing the Loop');
INSERT INTO "segment" VALUES(1,'sentence',23,13,'paragraph',1514,1592,'The corrected chapter is more than a result, for it is also new parallel data.');
INSERT INTO "segment" VALUES(1,'sentence',24,13,'paragraph',1593,1696,'Align it, look at the beads with the lowest confidence first, and add its sentence pairs to the others.');
INSERT INTO "segment" VALUES(1,'sentence',25,13,'paragraph',1697,1763,'The next job will then use the terms that you have just corrected.');
INSERT INTO "segment" VALUES(1,'sentence',26,13,'paragraph',1764,1823,'Each turn of the loop makes the next draft a little better.');
INSERT INTO "segment" VALUES(1,'sentence',27,14,'heading',1828,1841,'A New Edition');
INSERT INTO "segment" VALUES(1,'sentence',28,15,'paragraph',1843,1870,'Authors never stop writing.');
INSERT INTO "segment" VALUES(1,'sentence',29,15,'paragraph',1871,1991,'A new edition may change only three sentences of a chapter, and it would be a pity to translate the whole chapter again.');
INSERT INTO "segment" VALUES(1,'sentence',30,15,'paragraph',1992,2055,'The remedy is to compare the two editions sentence by sentence.');
INSERT INTO "segment" VALUES(1,'sentence',31,15,'paragraph',2056,2082,'Let us look at an example.');
INSERT INTO "segment" VALUES(1,'sentence',32,16,'paragraph',2451,2528,':numref:`tab_changes` shows what happens to the translation of each sentence.');
INSERT INTO "segment" VALUES(1,'sentence',33,17,'caption',2531,2590,'What happens to a translation when the source text changes.');
INSERT INTO "segment" VALUES(1,'sentence',34,18,'table-cell',2593,2608,'The sentence is');
INSERT INTO "segment" VALUES(1,'sentence',35,19,'table-cell',2609,2624,'Its translation');
INSERT INTO "segment" VALUES(1,'sentence',36,20,'table-cell',2637,2646,'unchanged');
INSERT INTO "segment" VALUES(1,'sentence',37,21,'table-cell',2647,2661,'stays as it is');
INSERT INTO "segment" VALUES(1,'sentence',38,22,'table-cell',2664,2669,'moved');
INSERT INTO "segment" VALUES(1,'sentence',39,23,'table-cell',2670,2681,'moves along');
INSERT INTO "segment" VALUES(1,'sentence',40,24,'table-cell',2684,2690,'edited');
INSERT INTO "segment" VALUES(1,'sentence',41,25,'table-cell',2691,2713,'is checked by a person');
INSERT INTO "segment" VALUES(1,'sentence',42,26,'table-cell',2716,2719,'new');
INSERT INTO "segment" VALUES(1,'sentence',43,27,'table-cell',2720,2752,'begins as a draft of the machine');
INSERT INTO "segment" VALUES(1,'sentence',44,28,'table-cell',2755,2759,'gone');
INSERT INTO "segment" VALUES(1,'sentence',45,29,'table-cell',2760,2791,'stays in the translation memory');
INSERT INTO "segment" VALUES(1,'sentence',46,30,'paragraph',2815,2845,'Two rules keep everybody calm.');
INSERT INTO "segment" VALUES(1,'sentence',47,30,'paragraph',2846,2922,'A program may propose a change, but it never overwrites a human translation.');
INSERT INTO "segment" VALUES(1,'sentence',48,30,'paragraph',2923,3014,'And what a person has confirmed stays confirmed as long as its source text does not change.');
INSERT INTO "segment" VALUES(1,'sentence',49,30,'paragraph',3015,3077,'Code is compared as well, but it is copied and not translated.');
INSERT INTO "segment" VALUES(1,'sentence',50,30,'paragraph',3078,3101,'Keep the code as it is.');
INSERT INTO "segment" VALUES(1,'sentence',51,31,'paragraph',3103,3141,'Sometimes the new edition looks wrong.');
INSERT INTO "segment" VALUES(1,'sentence',52,31,'paragraph',3142,3172,'When in doubt, ask the author.');
INSERT INTO "segment" VALUES(1,'sentence',53,31,'paragraph',3173,3267,'Authors are usually grateful, because nobody reads a book more slowly than its translator[^1].');
INSERT INTO "segment" VALUES(1,'sentence',54,32,'footnote',3275,3338,'Except, perhaps, a student on the night before the examination.');
INSERT INTO "segment" VALUES(1,'sentence',55,33,'heading',3343,3350,'Summary');
INSERT INTO "segment" VALUES(1,'sentence',56,34,'list-item',3354,3412,'Read the source text first, and change only what is wrong.');
INSERT INTO "segment" VALUES(1,'sentence',57,35,'list-item',3415,3476,'The corrected chapter becomes parallel data for the next one.');
INSERT INTO "segment" VALUES(1,'sentence',58,36,'list-item',3479,3570,'A new edition is compared sentence by sentence; a human translation is never overwritten.');
INSERT INTO "segment" VALUES(1,'sentence',59,37,'heading',3575,3584,'Exercises');
INSERT INTO "segment" VALUES(1,'sentence',60,38,'list-item',3589,3665,'Try it on your own chapter: how large is the share $s$ of :eqref:`eq_share`?');
INSERT INTO "segment" VALUES(1,'sentence',61,39,'list-item',3669,3754,'Why should a sentence that was moved keep its translation, and when should it not?');
INSERT INTO "segment" VALUES(2,'block',0,0,'heading',2,9,'译后编辑与新版');
INSERT INTO "segment" VALUES(2,'block',1,1,'paragraph',37,114,'作业已经完成，一个章节的初稿摆在你面前。它读起来很流畅，而这正是危险所在。在本章中，我们将看到如何不浪费时间地修改初稿，以及当作者出新版时如何跟上。');
INSERT INTO "segment" VALUES(2,'block',2,2,'heading',119,123,'阅读初稿');
INSERT INTO "segment" VALUES(2,'block',3,3,'paragraph',125,234,'*译后编辑*就是修改机器翻译的结果。它既不是翻译，也不是校对，因为机器犯的错误自成一类：句子很通顺，术语却是错的。先读原文，再读初稿，因为如果先读初稿，它就会告诉你该在原文中看到什么。然后按以下顺序问四个问题：');
INSERT INTO "segment" VALUES(2,'block',4,4,'list-item',239,261,'**意思**：有没有遗漏、添加或说反的地方？');
INSERT INTO "segment" VALUES(2,'block',5,5,'list-item',265,285,'**术语**：每个术语都与术语表一致吗？');
INSERT INTO "segment" VALUES(2,'block',6,6,'list-item',289,314,'**标记**：公式、代码和链接都与原来完全一样吗？');
INSERT INTO "segment" VALUES(2,'block',7,7,'list-item',318,334,'**风格**：母语者会这样写吗？');
INSERT INTO "segment" VALUES(2,'block',8,8,'paragraph',336,392,'错的要改，仅仅是不同的就不要动。每一处不必要的修改都要花时间。而且，它教给机器的是你的心情，而不是你的语言。');
INSERT INTO "segment" VALUES(2,'block',9,9,'quote',396,414,'说不出一个句子错在哪里，就不要动它。');
INSERT INTO "segment" VALUES(2,'block',10,10,'paragraph',416,486,'初稿省下了多少工作？一个简单的衡量办法是看不需要修改的句子所占的比例。如果一个章节的$n$个句子中有$a$个被原样接受，那么这个比例就是');
INSERT INTO "segment" VALUES(2,'block',11,11,'paragraph',530,584,'在有160个句子的章节中，$s = 0.8$意味着留给你的还有32个句子。读者看不到这些工作，但能感受到。');
INSERT INTO "segment" VALUES(2,'block',12,12,'heading',589,594,'让循环闭合');
INSERT INTO "segment" VALUES(2,'block',13,13,'paragraph',596,689,'改好的章节不只是成果，它还是新的平行数据。把它对齐，先看置信度最低的句珠，再把它的句对加入已有的句对。这样，下一次作业就会用上你刚刚改好的术语。循环每转一圈，下一份初稿就更好一点。');
INSERT INTO "segment" VALUES(2,'block',14,14,'heading',694,698,'新版来了');
INSERT INTO "segment" VALUES(2,'block',15,15,'paragraph',700,772,'作者从不停笔。一个新版也许只改动了一个章节中的三个句子，把整个章节重新翻译一遍就太可惜了。补救的办法是逐句比较新旧两版。我们来看一个例子。');
INSERT INTO "segment" VALUES(2,'block',16,16,'paragraph',1105,1141,':numref:`tab_changes`说明了每个句子的译文会怎么样。');
INSERT INTO "segment" VALUES(2,'block',17,17,'caption',1144,1157,'原文改变时，译文会怎么样。');
INSERT INTO "segment" VALUES(2,'block',18,18,'table-cell',1160,1162,'句子');
INSERT INTO "segment" VALUES(2,'block',19,19,'table-cell',1163,1167,'它的译文');
INSERT INTO "segment" VALUES(2,'block',20,20,'table-cell',1180,1183,'未改动');
INSERT INTO "segment" VALUES(2,'block',21,21,'table-cell',1184,1188,'原样保留');
INSERT INTO "segment" VALUES(2,'block',22,22,'table-cell',1191,1194,'被移动');
INSERT INTO "segment" VALUES(2,'block',23,23,'table-cell',1195,1199,'跟着移动');
INSERT INTO "segment" VALUES(2,'block',24,24,'table-cell',1202,1205,'被修改');
INSERT INTO "segment" VALUES(2,'block',25,25,'table-cell',1206,1210,'由人检查');
INSERT INTO "segment" VALUES(2,'block',26,26,'table-cell',1213,1215,'新增');
INSERT INTO "segment" VALUES(2,'block',27,27,'table-cell',1216,1224,'从机器的初稿开始');
INSERT INTO "segment" VALUES(2,'block',28,28,'table-cell',1227,1229,'消失');
INSERT INTO "segment" VALUES(2,'block',29,29,'table-cell',1230,1238,'留在翻译记忆库中');
INSERT INTO "segment" VALUES(2,'block',30,30,'paragraph',1262,1349,'有两条规则能让大家安心。程序可以提出修改建议，但绝不覆盖人工译文。人确认过的内容，只要原文不变，就始终算是确认过的。代码也要比较，但只是照搬，并不翻译。代码保持原样。');
INSERT INTO "segment" VALUES(2,'block',31,31,'paragraph',1351,1403,'有时，新版看起来像是错了。拿不准时，就去问作者。作者通常都很感激，因为没有人比译者读得更慢[^1]。');
INSERT INTO "segment" VALUES(2,'block',32,32,'footnote',1411,1423,'也许考试前夜的学生除外。');
INSERT INTO "segment" VALUES(2,'block',33,33,'heading',1428,1430,'小结');
INSERT INTO "segment" VALUES(2,'block',34,34,'list-item',1434,1446,'先读原文，只改错的地方。');
INSERT INTO "segment" VALUES(2,'block',35,35,'list-item',1449,1468,'改好的章节会成为下一个章节的平行数据。');
INSERT INTO "segment" VALUES(2,'block',36,36,'list-item',1471,1490,'新版要逐句比较；人工译文绝不会被覆盖。');
INSERT INTO "segment" VALUES(2,'block',37,37,'heading',1495,1497,'练习');
INSERT INTO "segment" VALUES(2,'block',38,38,'list-item',1502,1542,'在自己的章节上试一试： :eqref:`eq_share`中的比例$s$有多大？');
INSERT INTO "segment" VALUES(2,'block',39,39,'list-item',1546,1573,'为什么被移动的句子应当保留译文，什么时候又不应当保留？');
INSERT INTO "segment" VALUES(2,'sentence',0,0,'heading',2,9,'译后编辑与新版');
INSERT INTO "segment" VALUES(2,'sentence',1,1,'paragraph',37,57,'作业已经完成，一个章节的初稿摆在你面前。');
INSERT INTO "segment" VALUES(2,'sentence',2,1,'paragraph',58,75,'它读起来很流畅，而这正是危险所在。');
INSERT INTO "segment" VALUES(2,'sentence',3,1,'paragraph',76,114,'在本章中，我们将看到如何不浪费时间地修改初稿，以及当作者出新版时如何跟上。');
INSERT INTO "segment" VALUES(2,'sentence',4,2,'heading',119,123,'阅读初稿');
INSERT INTO "segment" VALUES(2,'sentence',5,3,'paragraph',125,143,'*译后编辑*就是修改机器翻译的结果。');
INSERT INTO "segment" VALUES(2,'sentence',6,3,'paragraph',144,183,'它既不是翻译，也不是校对，因为机器犯的错误自成一类：句子很通顺，术语却是错的。');
INSERT INTO "segment" VALUES(2,'sentence',7,3,'paragraph',184,220,'先读原文，再读初稿，因为如果先读初稿，它就会告诉你该在原文中看到什么。');
INSERT INTO "segment" VALUES(2,'sentence',8,3,'paragraph',221,234,'然后按以下顺序问四个问题：');
INSERT INTO "segment" VALUES(2,'sentence',9,4,'list-item',239,261,'**意思**：有没有遗漏、添加或说反的地方？');
INSERT INTO "segment" VALUES(2,'sentence',10,5,'list-item',265,285,'**术语**：每个术语都与术语表一致吗？');
INSERT INTO "segment" VALUES(2,'sentence',11,6,'list-item',289,314,'**标记**：公式、代码和链接都与原来完全一样吗？');
INSERT INTO "segment" VALUES(2,'sentence',12,7,'list-item',318,334,'**风格**：母语者会这样写吗？');
INSERT INTO "segment" VALUES(2,'sentence',13,8,'paragraph',336,352,'错的要改，仅仅是不同的就不要动。');
INSERT INTO "segment" VALUES(2,'sentence',14,8,'paragraph',353,368,'每一处不必要的修改都要花时间。');
INSERT INTO "segment" VALUES(2,'sentence',15,8,'paragraph',369,392,'而且，它教给机器的是你的心情，而不是你的语言。');
INSERT INTO "segment" VALUES(2,'sentence',16,9,'quote',396,414,'说不出一个句子错在哪里，就不要动它。');
INSERT INTO "segment" VALUES(2,'sentence',17,10,'paragraph',416,426,'初稿省下了多少工作？');
INSERT INTO "segment" VALUES(2,'sentence',18,10,'paragraph',427,452,'一个简单的衡量办法是看不需要修改的句子所占的比例。');
INSERT INTO "segment" VALUES(2,'sentence',19,10,'paragraph',453,486,'如果一个章节的$n$个句子中有$a$个被原样接受，那么这个比例就是');
INSERT INTO "segment" VALUES(2,'sentence',20,11,'paragraph',530,567,'在有160个句子的章节中，$s = 0.8$意味着留给你的还有32个句子。');
INSERT INTO "segment" VALUES(2,'sentence',21,11,'paragraph',568,584,'读者看不到这些工作，但能感受到。');
INSERT INTO "segment" VALUES(2,'sentence',22,12,'heading',589,594,'让循环闭合');
INSERT INTO "segment" VALUES(2,'sentence',23,13,'paragraph',596,617,'改好的章节不只是成果，它还是新的平行数据。');
INSERT INTO "segment" VALUES(2,'sentence',24,13,'paragraph',618,648,'把它对齐，先看置信度最低的句珠，再把它的句对加入已有的句对。');
INSERT INTO "segment" VALUES(2,'sentence',25,13,'paragraph',649,670,'这样，下一次作业就会用上你刚刚改好的术语。');
INSERT INTO "segment" VALUES(2,'sentence',26,13,'paragraph',671,689,'循环每转一圈，下一份初稿就更好一点。');
INSERT INTO "segment" VALUES(2,'sentence',27,14,'heading',694,698,'新版来了');
INSERT INTO "segment" VALUES(2,'sentence',28,15,'paragraph',700,707,'作者从不停笔。');
INSERT INTO "segment" VALUES(2,'sentence',29,15,'paragraph',708,746,'一个新版也许只改动了一个章节中的三个句子，把整个章节重新翻译一遍就太可惜了。');
INSERT INTO "segment" VALUES(2,'sentence',30,15,'paragraph',747,762,'补救的办法是逐句比较新旧两版。');
INSERT INTO "segment" VALUES(2,'sentence',31,15,'paragraph',763,772,'我们来看一个例子。');
INSERT INTO "segment" VALUES(2,'sentence',32,16,'paragraph',1105,1141,':numref:`tab_changes`说明了每个句子的译文会怎么样。');
INSERT INTO "segment" VALUES(2,'sentence',33,17,'caption',1144,1157,'原文改变时，译文会怎么样。');
INSERT INTO "segment" VALUES(2,'sentence',34,18,'table-cell',1160,1162,'句子');
INSERT INTO "segment" VALUES(2,'sentence',35,19,'table-cell',1163,1167,'它的译文');
INSERT INTO "segment" VALUES(2,'sentence',36,20,'table-cell',1180,1183,'未改动');
INSERT INTO "segment" VALUES(2,'sentence',37,21,'table-cell',1184,1188,'原样保留');
INSERT INTO "segment" VALUES(2,'sentence',38,22,'table-cell',1191,1194,'被移动');
INSERT INTO "segment" VALUES(2,'sentence',39,23,'table-cell',1195,1199,'跟着移动');
INSERT INTO "segment" VALUES(2,'sentence',40,24,'table-cell',1202,1205,'被修改');
INSERT INTO "segment" VALUES(2,'sentence',41,25,'table-cell',1206,1210,'由人检查');
INSERT INTO "segment" VALUES(2,'sentence',42,26,'table-cell',1213,1215,'新增');
INSERT INTO "segment" VALUES(2,'sentence',43,27,'table-cell',1216,1224,'从机器的初稿开始');
INSERT INTO "segment" VALUES(2,'sentence',44,28,'table-cell',1227,1229,'消失');
INSERT INTO "segment" VALUES(2,'sentence',45,29,'table-cell',1230,1238,'留在翻译记忆库中');
INSERT INTO "segment" VALUES(2,'sentence',46,30,'paragraph',1262,1274,'有两条规则能让大家安心。');
INSERT INTO "segment" VALUES(2,'sentence',47,30,'paragraph',1275,1296,'程序可以提出修改建议，但绝不覆盖人工译文。');
INSERT INTO "segment" VALUES(2,'sentence',48,30,'paragraph',1297,1322,'人确认过的内容，只要原文不变，就始终算是确认过的。');
INSERT INTO "segment" VALUES(2,'sentence',49,30,'paragraph',1323,1341,'代码也要比较，但只是照搬，并不翻译。');
INSERT INTO "segment" VALUES(2,'sentence',50,30,'paragraph',1342,1349,'代码保持原样。');
INSERT INTO "segment" VALUES(2,'sentence',51,31,'paragraph',1351,1364,'有时，新版看起来像是错了。');
INSERT INTO "segment" VALUES(2,'sentence',52,31,'paragraph',1365,1376,'拿不准时，就去问作者。');
INSERT INTO "segment" VALUES(2,'sentence',53,31,'paragraph',1377,1403,'作者通常都很感激，因为没有人比译者读得更慢[^1]。');
INSERT INTO "segment" VALUES(2,'sentence',54,32,'footnote',1411,1423,'也许考试前夜的学生除外。');
INSERT INTO "segment" VALUES(2,'sentence',55,33,'heading',1428,1430,'小结');
INSERT INTO "segment" VALUES(2,'sentence',56,34,'list-item',1434,1446,'先读原文，只改错的地方。');
INSERT INTO "segment" VALUES(2,'sentence',57,35,'list-item',1449,1468,'改好的章节会成为下一个章节的平行数据。');
INSERT INTO "segment" VALUES(2,'sentence',58,36,'list-item',1471,1490,'新版要逐句比较；人工译文绝不会被覆盖。');
INSERT INTO "segment" VALUES(2,'sentence',59,37,'heading',1495,1497,'练习');
INSERT INTO "segment" VALUES(2,'sentence',60,38,'list-item',1502,1542,'在自己的章节上试一试： :eqref:`eq_share`中的比例$s$有多大？');
INSERT INTO "segment" VALUES(2,'sentence',61,39,'list-item',1546,1573,'为什么被移动的句子应当保留译文，什么时候又不应当保留？');
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "setting" VALUES('id','"0123456789ab"');
CREATE TABLE splice (
  track_id INTEGER NOT NULL REFERENCES track ON DELETE CASCADE,
  number INTEGER NOT NULL,
  made_at TEXT NOT NULL, label TEXT NOT NULL,
  start INTEGER NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL,
  -- A re-reading also changes the documents of its chapter: [source, target] before and after.
  documents TEXT,
  PRIMARY KEY (track_id, number)
) WITHOUT ROWID;
INSERT INTO "splice" VALUES(1,1,'2026-11-25T21:34:14.110+00:00','Align',0,'[]','[{"s":[[0,0,"Post-Editing and New Editions"]],"t":[[0,0,"译后编辑与新版"]],"c":0.9899473190307617},{"s":[[1,1,"The job has finished, and the draft of a chapter lies before you."]],"t":[[1,1,"作业已经完成，一个章节的初稿摆在你面前。"]],"c":0.9620546102523804},{"s":[[2,1,"It reads well, and that is the danger."]],"t":[[2,1,"它读起来很流畅，而这正是危险所在。"]],"c":0.9403424263000488},{"s":[[3,1,"In this chapter, we will see how to correct a draft without losing time, and how to keep up when the author publishes a new edition."]],"t":[[3,1,"在本章中，我们将看到如何不浪费时间地修改初稿，以及当作者出新版时如何跟上。"]],"c":0.9485051035881042},{"s":[[4,2,"Reading a Draft"]],"t":[[4,2,"阅读初稿"]],"c":0.9724059104919434},{"s":[[5,3,"*Post-editing* is the correction of machine translation."]],"t":[[5,3,"*译后编辑*就是修改机器翻译的结果。"]],"c":0.9844924211502075},{"s":[[6,3,"It is neither translating nor proofreading, because the errors of a machine are of their own kind: the sentence is smooth, and the term is wrong."]],"t":[[6,3,"它既不是翻译，也不是校对，因为机器犯的错误自成一类：句子很通顺，术语却是错的。"]],"c":0.9828687906265259},{"s":[[7,3,"Read the source text first and the draft second."],[8,3,"If you begin with the draft, it tells you what to see in the source text."]],"t":[[7,3,"先读原文，再读初稿，因为如果先读初稿，它就会告诉你该在原文中看到什么。"]],"c":0.973099946975708},{"s":[[9,3,"Then ask four questions, in this order:"]],"t":[[8,3,"然后按以下顺序问四个问题："]],"c":0.9900504350662231},{"s":[[10,4,"**Meaning**: is anything missing, added, or reversed?"]],"t":[[9,4,"**意思**：有没有遗漏、添加或说反的地方？"]],"c":0.988976001739502},{"s":[[11,5,"**Terms**: does each one agree with the terminology list?"]],"t":[[10,5,"**术语**：每个术语都与术语表一致吗？"]],"c":0.9830602407455444},{"s":[[12,6,"**Markup**: are formulas, code, and links exactly as they were?"]],"t":[[11,6,"**标记**：公式、代码和链接都与原来完全一样吗？"]],"c":0.9827111959457397},{"s":[[13,7,"**Style**: would a native speaker have written it?"]],"t":[[12,7,"**风格**：母语者会这样写吗？"]],"c":0.9887566566467285},{"s":[[14,8,"Change what is wrong, and leave what is merely different."]],"t":[[13,8,"错的要改，仅仅是不同的就不要动。"]],"c":0.9236738681793213},{"s":[[15,8,"Every needless change costs time, and it teaches the machine your mood instead of your language."]],"t":[[14,8,"每一处不必要的修改都要花时间。"],[15,8,"而且，它教给机器的是你的心情，而不是你的语言。"]],"c":0.7805929780006409},{"s":[[16,9,"If you cannot say what is wrong with a sentence, leave it alone."]],"t":[[16,9,"说不出一个句子错在哪里，就不要动它。"]],"c":0.9429373145103455},{"s":[[17,10,"How much work has the draft saved?"]],"t":[[17,10,"初稿省下了多少工作？"]],"c":0.9872943758964539},{"s":[[18,10,"A simple measure is the share of sentences that needed no change."]],"t":[[18,10,"一个简单的衡量办法是看不需要修改的句子所占的比例。"]],"c":0.9839102625846863},{"s":[[19,10,"If $a$ of the $n$ sentences in a chapter were accepted as they were, the share is"]],"t":[[19,10,"如果一个章节的$n$个句子中有$a$个被原样接受，那么这个比例就是"]],"c":0.9792608022689819},{"s":[[20,11,"In a chapter of 160 sentences, $s = 0.8$ leaves 32 sentences for you."]],"t":[[20,11,"在有160个句子的章节中，$s = 0.8$意味着留给你的还有32个句子。"]],"c":0.9795889854431152,"why":["unusual length"]},{"s":[[21,11,"The reader never sees this work, but feels it."]],"t":[[21,11,"读者看不到这些工作，但能感受到。"]],"c":0.9692264795303345},{"s":[[22,12,"Closing the Loop"]],"t":[[22,12,"让循环闭合"]],"c":0.9656241536140442},{"s":[[23,13,"The corrected chapter is more than a result, for it is also new parallel data."]],"t":[[23,13,"改好的章节不只是成果，它还是新的平行数据。"]],"c":0.976665735244751},{"s":[[24,13,"Align it, look at the beads with the lowest confidence first, and add its sentence pairs to the others."]],"t":[[24,13,"把它对齐，先看置信度最低的句珠，再把它的句对加入已有的句对。"]],"c":0.9829141497612},{"s":[[25,13,"The next job will then use the terms that you have just corrected."]],"t":[[25,13,"这样，下一次作业就会用上你刚刚改好的术语。"]],"c":0.9794061779975891},{"s":[[26,13,"Each turn of the loop makes the next draft a little better."]],"t":[[26,13,"循环每转一圈，下一份初稿就更好一点。"]],"c":0.9632583856582642},{"s":[[27,14,"A New Edition"]],"t":[[27,14,"新版来了"]],"c":0.9535731077194214},{"s":[[28,15,"Authors never stop writing."]],"t":[[28,15,"作者从不停笔。"]],"c":0.9641112685203552},{"s":[[29,15,"A new edition may change only three sentences of a chapter, and it would be a pity to translate the whole chapter again."]],"t":[[29,15,"一个新版也许只改动了一个章节中的三个句子，把整个章节重新翻译一遍就太可惜了。"]],"c":0.9725792407989502},{"s":[[30,15,"The remedy is to compare the two editions sentence by sentence."]],"t":[[30,15,"补救的办法是逐句比较新旧两版。"]],"c":0.9605085253715515},{"s":[[31,15,"Let us look at an example."]],"t":[[31,15,"我们来看一个例子。"]],"c":0.9593407511711121},{"s":[[32,16,":numref:`tab_changes` shows what happens to the translation of each sentence."]],"t":[[32,16,":numref:`tab_changes`说明了每个句子的译文会怎么样。"]],"c":0.9594298601150513},{"s":[[33,17,"What happens to a translation when the source text changes."]],"t":[[33,17,"原文改变时，译文会怎么样。"]],"c":0.9212804436683655},{"s":[[34,18,"The sentence is"]],"t":[[34,18,"句子"]],"c":0.864927351474762},{"s":[[35,19,"Its translation"]],"t":[[35,19,"它的译文"]],"c":0.8257620334625244},{"s":[[36,20,"unchanged"]],"t":[[36,20,"未改动"]],"c":0.8195058703422546},{"s":[[37,21,"stays as it is"]],"t":[[37,21,"原样保留"]],"c":0.8121081590652466},{"s":[[38,22,"moved"]],"t":[[38,22,"被移动"]],"c":0.812313973903656},{"s":[[39,23,"moves along"]],"t":[[39,23,"跟着移动"]],"c":0.7967888116836548},{"s":[[40,24,"edited"]],"t":[[40,24,"被修改"]],"c":0.8150902390480042},{"s":[[41,25,"is checked by a person"]],"t":[[41,25,"由人检查"]],"c":0.7656614184379578},{"s":[[42,26,"new"]],"t":[[42,26,"新增"]],"c":0.7999200820922852},{"s":[[43,27,"begins as a draft of the machine"]],"t":[[43,27,"从机器的初稿开始"]],"c":0.8012047410011292},{"s":[[44,28,"gone"]],"t":[[44,28,"消失"]],"c":0.8558695912361145},{"s":[[45,29,"stays in the translation memory"]],"t":[[45,29,"留在翻译记忆库中"]],"c":0.887427568435669},{"s":[[46,30,"Two rules keep everybody calm."]],"t":[[46,30,"有两条规则能让大家安心。"]],"c":0.9570468664169312},{"s":[[47,30,"A program may propose a change, but it never overwrites a human translation."]],"t":[[47,30,"程序可以提出修改建议，但绝不覆盖人工译文。"]],"c":0.976914644241333},{"s":[[48,30,"And what a person has confirmed stays confirmed as long as its source text does not change."]],"t":[[48,30,"人确认过的内容，只要原文不变，就始终算是确认过的。"]],"c":0.9838958978652954},{"s":[[49,30,"Code is compared as well, but it is copied and not translated."]],"t":[[49,30,"代码也要比较，但只是照搬，并不翻译。"]],"c":0.9653657078742981},{"s":[[50,30,"Keep the code as it is."]],"t":[[50,30,"代码保持原样。"]],"c":0.9556834697723389},{"s":[[51,31,"Sometimes the new edition looks wrong."]],"t":[[51,31,"有时，新版看起来像是错了。"]],"c":0.9671810865402222},{"s":[[52,31,"When in doubt, ask the author."]],"t":[[52,31,"拿不准时，就去问作者。"]],"c":0.9678177237510681},{"s":[[53,31,"Authors are usually grateful, because nobody reads a book more slowly than its translator[^1]."]],"t":[[53,31,"作者通常都很感激，因为没有人比译者读得更慢[^1]。"]],"c":0.9684810042381287},{"s":[[54,32,"Except, perhaps, a student on the night before the examination."]],"t":[[54,32,"也许考试前夜的学生除外。"]],"c":0.9488723278045654,"why":["unusual length"]},{"s":[[55,33,"Summary"]],"t":[[55,33,"小结"]],"c":0.9332514405250549},{"s":[[56,34,"Read the source text first, and change only what is wrong."]],"t":[[56,34,"先读原文，只改错的地方。"]],"c":0.9497162699699402},{"s":[[57,35,"The corrected chapter becomes parallel data for the next one."]],"t":[[57,35,"改好的章节会成为下一个章节的平行数据。"]],"c":0.9773349761962891},{"s":[[58,36,"A new edition is compared sentence by sentence; a human translation is never overwritten."]],"t":[[58,36,"新版要逐句比较；人工译文绝不会被覆盖。"]],"c":0.9536740779876709},{"s":[[59,37,"Exercises"]],"t":[[59,37,"练习"]],"c":0.9279265999794006},{"s":[[60,38,"Try it on your own chapter: how large is the share $s$ of :eqref:`eq_share`?"]],"t":[[60,38,"在自己的章节上试一试： :eqref:`eq_share`中的比例$s$有多大？"]],"c":0.9564309120178223},{"s":[[61,39,"Why should a sentence that was moved keep its translation, and when should it not?"]],"t":[[61,39,"为什么被移动的句子应当保留译文，什么时候又不应当保留？"]],"c":0.9978488087654114}]',NULL);
INSERT INTO "splice" VALUES(1,2,'2026-11-25T21:34:14.111+00:00','Confirm',0,'[{"s":[[0,0,"Post-Editing and New Editions"]],"t":[[0,0,"译后编辑与新版"]],"c":0.9899473190307617},{"s":[[1,1,"The job has finished, and the draft of a chapter lies before you."]],"t":[[1,1,"作业已经完成，一个章节的初稿摆在你面前。"]],"c":0.9620546102523804},{"s":[[2,1,"It reads well, and that is the danger."]],"t":[[2,1,"它读起来很流畅，而这正是危险所在。"]],"c":0.9403424263000488}]','[{"s":[[0,0,"Post-Editing and New Editions"]],"t":[[0,0,"译后编辑与新版"]],"c":0.9899473190307617,"state":"confirmed"},{"s":[[1,1,"The job has finished, and the draft of a chapter lies before you."]],"t":[[1,1,"作业已经完成，一个章节的初稿摆在你面前。"]],"c":0.9620546102523804,"state":"confirmed"},{"s":[[2,1,"It reads well, and that is the danger."]],"t":[[2,1,"它读起来很流畅，而这正是危险所在。"]],"c":0.9403424263000488,"state":"confirmed"}]',NULL);
CREATE TABLE track (
  id INTEGER PRIMARY KEY,
  chapter_id INTEGER NOT NULL REFERENCES chapter ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('alignment', 'review')),
  direction TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  UNIQUE (chapter_id, kind, direction)
);
INSERT INTO "track" VALUES(1,1,'alignment','en-zh',2);
INSERT INTO "track" VALUES(2,1,'review','en-zh',0);
CREATE INDEX row_state ON row (track_id, state);
COMMIT;
