//! Names in other languages than English, said in the words that the keys of services are made of.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// English words, with what other languages write for them: words by themselves where letters make
/// words, and parts of a run of characters where they do not. Without accents, in small letters.
const WORDS: &[(&str, &[&str])] = &[
    (
        "frontend",
        &[
            "фронтенд",
            "фронт",
            "前端",
            "フロントエンド",
            "프론트엔드",
            "프런트엔드",
            "arayuzu",
            "arayuz",
        ],
    ),
    (
        "backend",
        &["бэкенд", "бекенд", "后端", "後端", "バックエンド", "백엔드"],
    ),
    (
        "gateway",
        &[
            "шлюз",
            "网关",
            "網關",
            "ゲートウェイ",
            "게이트웨이",
            "passerelle",
            "pasarela",
            "gecidi",
            "gecit",
        ],
    ),
    (
        "database",
        &[
            "бд",
            "数据库",
            "資料庫",
            "データベース",
            "데이터베이스",
            "veritabani",
            "datenbank",
        ],
    ),
    (
        "cache",
        &[
            "кэш",
            "кеш",
            "缓存",
            "緩存",
            "キャッシュ",
            "캐시",
            "onbellek",
        ],
    ),
    (
        "queue",
        &[
            "очередь",
            "消息队列",
            "队列",
            "佇列",
            "キュー",
            "kuyruk",
            "warteschlange",
        ],
    ),
    (
        "worker",
        &[
            "воркер",
            "воркеры",
            "ワーカー",
            "워커",
            "trabajador",
            "trabalhador",
        ],
    ),
    (
        "scheduler",
        &[
            "планировщик",
            "调度器",
            "スケジューラー",
            "スケジューラ",
            "스케줄러",
            "planificador",
            "agendador",
            "planificateur",
            "zamanlayici",
        ],
    ),
    (
        "server",
        &[
            "сервер",
            "服务器",
            "サーバー",
            "サーバ",
            "서버",
            "servidor",
            "serveur",
            "sunucu",
        ],
    ),
    (
        "service",
        &[
            "сервис",
            "служба",
            "服务",
            "服務",
            "サービス",
            "서비스",
            "servicio",
            "servico",
            "servizio",
            "dienst",
            "servis",
            "servisi",
            "hizmeti",
            "layanan",
        ],
    ),
    (
        "app",
        &[
            "приложение",
            "应用",
            "アプリ",
            "앱",
            "uygulama",
            "aplicacion",
            "aplicacao",
            "anwendung",
            "aplikasi",
        ],
    ),
    (
        "browser",
        &[
            "браузер",
            "浏览器",
            "ブラウザ",
            "브라우저",
            "navegador",
            "navigateur",
            "tarayici",
            "tarayıcı",
        ],
    ),
    ("bot", &["机器人", "ボット", "봇"]),
    ("proxy", &["прокси", "プロキシ", "프록시"]),
    ("admin", &["админ", "админка", "管理", "관리자"]),
    (
        "dashboard",
        &["дашборд", "看板", "ダッシュボード", "대시보드"],
    ),
    (
        "user",
        &[
            "用户",
            "ユーザー",
            "사용자",
            "usuario",
            "usuarios",
            "utilisateur",
        ],
    ),
    (
        "order",
        &[
            "订单",
            "注文",
            "주문",
            "заказ",
            "заказы",
            "pedido",
            "pedidos",
        ],
    ),
    (
        "payment",
        &[
            "支付",
            "決済",
            "결제",
            "платежи",
            "pago",
            "pagos",
            "pagamento",
            "pagamentos",
            "zahlung",
        ],
    ),
    (
        "product",
        &[
            "商品",
            "产品",
            "상품",
            "товары",
            "producto",
            "productos",
            "produto",
            "produtos",
        ],
    ),
    (
        "auth",
        &[
            "认证",
            "認証",
            "인증",
            "авторизация",
            "autenticacion",
            "autenticacao",
        ],
    ),
    (
        "notification",
        &[
            "通知",
            "알림",
            "уведомления",
            "notificacion",
            "notificaciones",
            "notificacao",
            "notificacoes",
            "benachrichtigung",
            "bildirim",
        ],
    ),
    ("search", &["搜索", "検索", "검색", "поиск", "busqueda"]),
    ("message", &["消息", "メッセージ", "메시지"]),
    ("file", &["文件", "ファイル", "파일"]),
    (
        "inventory",
        &["库存", "在庫", "재고", "estoque", "inventario"],
    ),
    (
        "catalog",
        &["目录", "カタログ", "카탈로그", "каталог", "catalogo"],
    ),
    (
        "report",
        &[
            "报表",
            "отчеты",
            "relatorio",
            "relatorios",
            "reporte",
            "reportes",
        ],
    ),
    ("generator", &["生成器", "생성기"]),
    ("course", &["课程", "강의"]),
    ("exam", &["考试"]),
    ("live", &["直播"]),
];

/// Words that sentences of a language cannot do without, English first.
const STOP_WORDS: [&[&str]; 2] = [
    &[
        "the", "and", "of", "to", "is", "for", "with", "are", "this", "from",
    ],
    &[
        "de", "la", "el", "los", "las", "que", "para", "con", "por", "una", "der", "die", "und",
        "das", "mit", "für", "ist", "le", "les", "des", "et", "pour", "avec", "os", "da", "do",
        "com", "uma", "não", "ve", "bir", "ile", "için", "và", "của", "cho", "dan", "yang",
        "untuk", "dengan", "di", "il", "per", "są", "jest", "nie", "och", "för", "och", "het",
        "een", "van",
    ],
];

/// A name in which what is not English is said in English, as far as it is known.
pub(super) fn in_english(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    let mut text: String = name
        .nfkd()
        .filter(|it| !is_combining_mark(*it))
        .nfc()
        .collect();
    for (english, others) in WORDS {
        for other in others.iter().filter(|it| is_without_spaces(it)) {
            if text.contains(other) {
                text = text.replace(other, &format!(" {english} "));
            }
        }
    }
    text
}

/// A word in small letters, in English.
pub(super) fn word_in_english(word: &str) -> Option<&'static str> {
    WORDS
        .iter()
        .find(|(_, others)| others.contains(&word))
        .map(|(english, _)| *english)
}

/// A Cyrillic word in Latin letters, as keys are written.
pub(super) fn in_latin(word: &str) -> String {
    const LETTERS: [(char, &str); 32] = [
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "g"),
        ('д', "d"),
        ('е', "e"),
        ('ж', "zh"),
        ('з', "z"),
        ('и', "i"),
        ('й', "y"),
        ('к', "k"),
        ('л', "l"),
        ('м', "m"),
        ('н', "n"),
        ('о', "o"),
        ('п', "p"),
        ('р', "r"),
        ('с', "s"),
        ('т', "t"),
        ('у', "u"),
        ('ф', "f"),
        ('х', "h"),
        ('ц', "ts"),
        ('ч', "ch"),
        ('ш', "sh"),
        ('щ', "sch"),
        ('ъ', ""),
        ('ы', "y"),
        ('ь', ""),
        ('э', "e"),
        ('ю', "yu"),
        ('я', "ya"),
    ];
    word.chars()
        .map(|letter| {
            LETTERS
                .iter()
                .find(|(cyrillic, _)| *cyrillic == letter)
                .map_or_else(|| letter.to_string(), |(_, latin)| (*latin).to_owned())
        })
        .collect()
}

/// Whether a text is in another language than English, as far as its letters and its commonest
/// words tell.
pub(super) fn is_foreign(text: &str) -> bool {
    let letters = text.chars().filter(|it| it.is_alphabetic()).count();
    let far = text
        .chars()
        .filter(|it| it.is_alphabetic() && !it.is_ascii());
    let words = || {
        text.split(|it: char| !it.is_alphabetic())
            .map(str::to_lowercase)
    };
    let count = |list: &[&str]| words().filter(|word| list.contains(&word.as_str())).count();
    let [english, others] = STOP_WORDS.map(count);
    far.count() * 100 > letters || others > 5 && others > english * 2
}

/// Whether a word is of a script that sets no spaces between words.
fn is_without_spaces(word: &str) -> bool {
    word.chars().any(|it| u32::from(it) >= 0x1100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_programs_are_said_in_english() {
        assert_eq!(in_english("API 网关").trim(), "API  gateway");
        assert_eq!(in_english("Catálogo"), "Catalogo");
        assert_eq!(word_in_english("шлюз"), Some("gateway"));
        assert_eq!(in_latin("генератор"), "generator");
    }

    #[test]
    fn other_languages_are_told_from_english() {
        assert!(is_foreign("Сервис принимает заказы и отправляет письма."));
        assert!(is_foreign(
            "La tienda de la empresa, con el pago por tarjeta y los pedidos para la casa."
        ));
        assert!(!is_foreign(
            "The service of the shop takes orders and is read from the queue."
        ));
        assert!(!is_foreign("flowchart TD\n  A[API] --> B[(PostgreSQL)]"));
    }
}
