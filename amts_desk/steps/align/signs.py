"""Chinese signs as China, Taiwan and Japan write them."""

from __future__ import annotations

_JAPANESE_SIGNS = str.maketrans(  # to simplified Chinese, where Japan simplified in a way of its own
    "悪圧囲壱隠栄営衛駅円塩応桜価壊拡覚楽巻関観気帰亀戯拠挙業経継軽恵渓鶏芸険検権顕験厳広鉱黒済斎剤雑桟賛歯児辞湿実釈収従渋縦粛処諸"
    "叙焼証奨条状乗浄剰畳縄壌嬢譲醸触図粋酔髄枢数斉静摂戦践銭繊潜選禅双壮捜挿騒蔵臓続堕対帯滞択沢単団弾遅庁鎮逓鉄転点伝闘悩脳"
    "覇拝廃売髪抜繁秘浜払仏変辺弁穂豊毎麦黙訳薬与予様揺頼覧竜両猟緑塁礼霊齢歴恋錬労楼録湾発読県竜辺総釈帯渋図",
    "恶压围壹隐荣营卫驿圆盐应樱价坏扩觉乐卷关观气归龟戏据举业经继轻惠溪鸡艺险检权显验严广矿黑济斋剂杂栈赞齿儿辞湿实释收从涩纵肃处诸"
    "叙烧证奖条状乘净剩叠绳壤娘让酿触图粹醉髓枢数齐静摄战践钱纤潜选禅双壮搜插骚藏脏续堕对带滞择泽单团弹迟厅镇递铁转点传斗恼脑"
    "霸拜废卖发拔繁秘滨拂佛变边辩穗丰每麦默译药与予样摇赖览龙两猎绿垒礼灵龄历恋炼劳楼录湾发读县龙边总释带涩图",
)


def simplified_signs(word: str) -> str:
    """Return a Chinese or Japanese word with each Chinese sign as it is written in China: 經驗 and 経験 are 经验."""
    from amts_desk.steps.align.dictionary import simplified

    return simplified(word).translate(_JAPANESE_SIGNS)
