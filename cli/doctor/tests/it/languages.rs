//! Documents in other languages than English, whose drawings call services otherwise than keys do.

use crate::support::{mermaid, said};

const NOTHING: [&str; 0] = [];

fn document(prose: &str, nodes: &str) -> String {
    format!("# Платформа\n\n## Architecture\n\n{prose}\n\n```mermaid\ngraph TD\n{nodes}\n```\n")
}

#[test]
fn words_for_kinds_of_programs_are_understood() {
    let compose = "services:
  gateway: {build: ./gateway}
  user: {build: ./user}
  generator: {build: ./generator}
  catalog: {build: ./catalog}
  db: {image: 'postgres:17'}
";
    let nodes = "    G[API 网关] --> U[用户服务] --> D[(PostgreSQL)]
    G --> C[Catálogo] --> D
    G --> X[генератор] --> D";
    assert_eq!(said(compose, &document("", nodes)), NOTHING);
}

#[test]
fn what_is_left_over_is_asked_about_where_languages_differ() {
    let compose = "services:
  api: {build: ./api}
  storefront: {build: ./web}
  notifier: {build: ./notifier}
  db: {image: 'postgres:17'}
  cache: {image: 'redis:8'}
";
    let spanish = "La tienda de la empresa, con el pago por tarjeta y los avisos para la casa.";
    let nodes = "    T[Tienda] --> A[API] --> D[(PostgreSQL)]
    A --> N[Avisos]
    A --> R[(Redis)]";
    let found = said(compose, &document(spanish, nodes));
    assert!(
        found.iter().all(|line| line.starts_with("DK103")),
        "{found:#?}"
    );
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn a_key_beside_its_meaning_in_another_script_names_its_service() {
    let compose = "services:
  collector: {build: ./collector}
  rule: {build: ./rule}
  emqx: {image: 'emqx/emqx:5'}
";
    let nodes = "    C[采集网关 collector] --> E[EMQX] --> R[规则引擎 rule]";
    assert_eq!(said(compose, &document("", nodes)), NOTHING);
}

#[test]
fn products_are_missed_in_any_language() {
    let compose = "services:
  api: {build: ./api}
  db: {image: 'postgres:17'}
  mailhog: {image: 'mailhog/mailhog:v1'}
";
    let nodes = "    A[API] --> D[(PostgreSQL)]
    A --> K[Kafka 消息队列]";
    assert_eq!(
        said(compose, &document("服务通过消息队列通信。", nodes)),
        ["DK101 mailhog", "DK102 Kafka 消息队列"]
    );
}

/// What names of one language are for the services of a shop: for orders, payments, notifications,
/// customers, and for stock, which no service is for.
struct Shop {
    prose: &'static str,
    orders: &'static str,
    payments: &'static str,
    notifications: &'static str,
    customers: &'static str,
    stock: &'static str,
}

const SHOPS: &[Shop] = &[
    Shop {
        prose: "La tienda de la empresa, con el pago por tarjeta y los avisos para la casa.",
        orders: "Servicio de pedidos",
        payments: "Servicio de pagos",
        notifications: "Notificaciones",
        customers: "Gestión de clientes",
        stock: "Servicio de inventario",
    },
    Shop {
        prose: "A loja da empresa, com o pagamento por cartão e os avisos para a casa, não mais.",
        orders: "Serviço de Pedidos",
        payments: "Pagamentos API",
        notifications: "Serviço de Notificações",
        customers: "Gestão de Clientes",
        stock: "Serviço de Estoque",
    },
    Shop {
        prose: "La boutique de la société, avec le paiement par carte et les avis pour la maison.",
        orders: "Service des commandes",
        payments: "Service de paiement",
        notifications: "Service d'envoi de notifications",
        customers: "Gestion de la clientèle",
        stock: "Service d'inventaire",
    },
    Shop {
        prose: "Der Laden der Firma ist für die Kunden und mit der Zahlung per Karte zu öffnen.",
        orders: "Bestelldienst",
        payments: "Zahlungsservice",
        notifications: "Benachrichtigungsdienst",
        customers: "Kundenverwaltung",
        stock: "Lagerdienst",
    },
    Shop {
        prose: "Il negozio di casa è per i clienti, con la carta e con il conto, di giorno, di notte.",
        orders: "Servizio ordini",
        payments: "Servizio pagamenti",
        notifications: "Servizio notifiche",
        customers: "Gestione clienti",
        stock: "Servizio magazzino",
    },
    Shop {
        prose: "De winkel van het bedrijf is een winkel voor het hele land van de klanten.",
        orders: "Bestelservice",
        payments: "Betalingsdienst",
        notifications: "Meldingendienst",
        customers: "Klantendienst",
        stock: "Voorraaddienst",
    },
    Shop {
        prose: "Sklep firmy przyjmuje zamówienia i płatności, a powiadomienia są wysyłane pocztą.",
        orders: "Usługa zamówień",
        payments: "Usługa płatności",
        notifications: "Usługa powiadomień",
        customers: "Zarządzanie klientami",
        stock: "Usługa magazynu",
    },
    Shop {
        prose: "Obchod přijímá objednávky a platby, oznámení se posílají zákazníkům poštou.",
        orders: "Služba objednávek",
        payments: "Platební služba",
        notifications: "Služba oznámení",
        customers: "Správa zákazníků",
        stock: "Služba skladu",
    },
    Shop {
        prose: "Butiken tar emot beställningar och betalningar och skickar aviseringar för kunden.",
        orders: "Beställningstjänst",
        payments: "Betalningstjänst",
        notifications: "Aviseringstjänst",
        customers: "Kundhantering",
        stock: "Lagertjänst",
    },
    Shop {
        prose: "Magazinul primește comenzi și plăți și trimite notificări către toți clienții săi.",
        orders: "Serviciul de comenzi",
        payments: "Serviciul de plăți",
        notifications: "Serviciul de notificări",
        customers: "Gestionare clienți",
        stock: "Serviciul de stocuri",
    },
    Shop {
        prose: "Az áruház rendeléseket és fizetéseket fogad, és értesítéseket küld az ügyfeleknek.",
        orders: "Rendelés szolgáltatás",
        payments: "Fizetés szolgáltatás",
        notifications: "Értesítés szolgáltatás",
        customers: "Ügyfél szolgáltatás",
        stock: "Készlet szolgáltatás",
    },
    Shop {
        prose: "Το κατάστημα δέχεται παραγγελίες και πληρωμές και στέλνει ειδοποιήσεις.",
        orders: "Υπηρεσία παραγγελιών",
        payments: "Υπηρεσία πληρωμών",
        notifications: "Ειδοποιήσεις",
        customers: "Διαχείριση πελατών",
        stock: "Υπηρεσία αποθεμάτων",
    },
    Shop {
        prose: "يستقبل المتجر الطلبات والمدفوعات ويرسل الإشعارات إلى العملاء.",
        orders: "خدمة الطلبات",
        payments: "خدمة الدفع",
        notifications: "خدمة الإشعارات",
        customers: "إدارة العملاء",
        stock: "خدمة المخزون",
    },
    Shop {
        prose: "Магазин принимает заказы и платежи и рассылает уведомления.",
        orders: "Сервис заказов",
        payments: "Платежи",
        notifications: "Сервис уведомлений",
        customers: "Управление клиентами",
        stock: "Сервис склада",
    },
    Shop {
        prose: "Крамниця приймає замовлення та платежі й надсилає сповіщення.",
        orders: "Сервіс замовлень",
        payments: "Сервіс платежів",
        notifications: "Сервіс сповіщень",
        customers: "Керування клієнтами",
        stock: "Сервіс складу",
    },
    Shop {
        prose: "Mağaza siparişleri ve ödemeleri alır, müşteriler için bildirim gönderir.",
        orders: "Sipariş servisi",
        payments: "Ödeme Servisi",
        notifications: "Bildirim servisi",
        customers: "Müşteri yönetimi",
        stock: "Stok servisi",
    },
    Shop {
        prose: "Cửa hàng nhận đơn hàng và thanh toán của khách, gửi thông báo cho khách.",
        orders: "Dịch vụ đơn hàng",
        payments: "Dịch vụ thanh toán",
        notifications: "Dịch vụ thông báo",
        customers: "Quản lý khách hàng",
        stock: "Dịch vụ tồn kho",
    },
    Shop {
        prose: "Toko untuk pelanggan yang memesan dengan kartu dan yang membayar untuk pesanan di kota dan yang lain.",
        orders: "Layanan pesanan",
        payments: "Layanan pembayaran",
        notifications: "Layanan notifikasi",
        customers: "Manajemen pelanggan",
        stock: "Layanan persediaan",
    },
    Shop {
        prose: "商店接收订单和支付，并发送通知。",
        orders: "订单服务",
        payments: "支付服务",
        notifications: "通知服务",
        customers: "客户管理",
        stock: "库存服务",
    },
    Shop {
        prose: "商店接收訂單和付款，並發送通知。",
        orders: "訂單服務",
        payments: "付款服務",
        notifications: "通知服務",
        customers: "客戶管理",
        stock: "庫存服務",
    },
    Shop {
        prose: "ショップは注文と決済を受け付け、通知を送ります。",
        orders: "注文サービス",
        payments: "決済サービス",
        notifications: "通知サービス",
        customers: "顧客管理",
        stock: "在庫サービス",
    },
    Shop {
        prose: "쇼핑몰은 주문과 결제를 받고 알림을 보냅니다.",
        orders: "주문 서비스",
        payments: "결제서비스",
        notifications: "알림 서비스",
        customers: "고객 관리",
        stock: "재고 서비스",
    },
];

#[test]
fn services_are_known_by_their_names_in_any_language() {
    let compose = "services:
  gateway: {build: ./gateway}
  order-service: {build: ./order}
  payment-service: {build: ./payment}
  notification-service: {build: ./notification}
  customer-service: {build: ./customer}
  review-service: {build: ./review}
  db: {image: 'postgres:17'}
";
    for shop in SHOPS {
        let nodes = format!(
            "    G[API Gateway] --> O[\"{}\"] --> D[(PostgreSQL)]
    G --> P[\"{}\"] --> D
    G --> N[\"{}\"] --> D
    G --> C[\"{}\"] --> D
    G --> S[\"{}\"] --> D",
            shop.orders, shop.payments, shop.notifications, shop.customers, shop.stock
        );
        assert_eq!(
            said(compose, &document(shop.prose, &nodes)),
            [
                "DK101 review-service".to_owned(),
                format!("DK102 {}", shop.stock)
            ],
        );
    }
}

#[test]
fn keys_may_be_in_the_language_of_the_document() {
    let compose = "services:
  gateway: {build: ./gateway}
  catalogo: {build: ./catalogo}
  ms-pedidos: {build: ./pedidos}
  robos: {build: ./robos}
  buchhaltung: {build: ./buchhaltung}
  db: {image: 'postgres:17'}
";
    let spanish = "La tienda de la empresa, con el pago por tarjeta y los avisos para la casa.";
    let nodes = "    G[API Gateway] --> C[Catálogo] --> D[(PostgreSQL)]
    G --> P[Order Service] --> D
    G --> R[Robôs] --> D
    G --> B[Buchhaltungsdienst] --> D";
    assert_eq!(said(compose, &document(spanish, nodes)), NOTHING);
}

#[test]
fn what_says_something_else_is_told_and_not_asked_about() {
    let compose = "services:
  gateway: {build: ./gateway}
  auth: {build: ./auth}
  game: {build: ./game}
  stats: {build: ./stats}
  db: {image: 'postgres:17'}
";
    let turkish = "Oyun sunucusu oyuncular için ve yönetim için çalışır.";
    let nodes = "    G[API Ağ Geçidi] --> A[Kimlik doğrulama servisi] --> D[(PostgreSQL)]
    G --> O[Oyun servisi] --> D
    G --> T[Turnuva servisi] --> D";
    assert_eq!(
        said(compose, &document(turkish, nodes)),
        ["DK101 stats", "DK102 Turnuva servisi"]
    );
}

#[test]
fn two_words_for_one_thing_are_asked_about() {
    let compose = "services:
  gateway: {build: ./gateway}
  basket: {build: ./basket}
  mailer: {build: ./mailer}
  db: {image: 'postgres:17'}
";
    let german = "Der Laden der Firma ist für die Kunden und mit der Zahlung per Karte zu öffnen.";
    let nodes = "    G[API Gateway] --> W[Warenkorb] --> D[(PostgreSQL)]
    G --> B[Benachrichtigungsdienst] --> D";
    assert_eq!(
        said(compose, &document(german, nodes)),
        ["DK103 Benachrichtigungsdienst"]
    );
}

#[test]
fn what_nobody_knows_is_asked_about() {
    let compose = "services:
  gateway: {build: ./gateway}
  billing: {build: ./billing}
  quibble: {build: ./quibble, depends_on: [gateway]}
  db: {image: 'postgres:17'}
";
    let russian = "Сервис принимает заказы и отправляет письма.";
    let nodes = "    G[API Gateway] --> X[Сервис жгутов] --> D[(PostgreSQL)]
    G --> B[Биллинг] --> D";
    assert_eq!(
        said(compose, &document(russian, nodes)),
        ["DK103 Сервис жгутов"]
    );
    let known = "    G[API Gateway] --> X[Сервис складов] --> D[(PostgreSQL)]
    G --> B[Биллинг] --> D";
    let alone = compose.replace("quibble", "reviews");
    assert_eq!(
        said(&alone, &document(russian, known)),
        ["DK103 reviews", "DK103 Сервис складов"]
    );
}

#[test]
fn the_likelier_of_two_services_is_asked_about() {
    let compose = "services:
  gateway: {build: ./gateway, depends_on: [quibble]}
  aardvark: {build: ./aardvark}
  quibble: {build: ./quibble}
  db: {image: 'postgres:17'}
";
    let russian = "Сервис принимает заказы и отправляет письма.";
    let nodes = "    G[API Gateway] --> X[Сервис жгутов] --> D[(PostgreSQL)]";
    let found = said(compose, &document(russian, nodes));
    assert_eq!(found, ["DK101 aardvark", "DK103 Сервис жгутов"]);
}

#[test]
fn people_are_no_services_in_any_language() {
    let compose = "services:
  gateway: {build: ./gateway}
  worker: {build: ./worker}
  db: {image: 'postgres:17'}
";
    let vietnamese = "Cửa hàng nhận đơn hàng và thanh toán của khách, gửi thông báo cho khách.";
    let nodes = "    K[Khách hàng] --> G[API Gateway] --> D[(PostgreSQL)]";
    assert_eq!(
        said(compose, &document(vietnamese, nodes)),
        ["DK101 worker"]
    );
}

#[test]
fn the_name_that_shares_a_word_is_likelier_than_one_of_the_same_field() {
    let compose = "services:
  gateway: {build: ./gateway}
  geocoder: {build: ./geocoder}
  tracking: {build: ./tracking}
  db: {image: 'postgres:17'}
";
    let french = "Les livreurs suivent les tournées, et les clients voient le suivi sur la carte.";
    let nodes = "    G[API Gateway] --> S[Suivi des colis] --> D[(PostgreSQL)]";
    assert_eq!(
        said(compose, &document(french, nodes)),
        ["DK101 geocoder", "DK103 Suivi des colis"]
    );
}

#[test]
fn names_tell_the_language_where_there_is_little_prose() {
    let compose = "services:
  gateway: {build: ./gateway}
  device-manager: {build: ./devices}
  invoicing: {build: ./invoicing}
  ingest: {build: ./ingest}
  db: {image: 'postgres:17'}
";
    let nodes = "    G[API Gateway] --> V[Geraeteverwaltung] --> D[(PostgreSQL)]
    G --> M[Messdatenerfassung] --> D
    G --> Z[Zutrittsdienst] --> D";
    let text = format!("# Plattform\n\n```mermaid\ngraph TD\n{nodes}\n```\n");
    assert_eq!(
        said(compose, &text),
        [
            "DK103 invoicing",
            "DK103 Messdatenerfassung",
            "DK103 Zutrittsdienst"
        ]
    );
}

#[test]
fn a_framework_of_two_words_is_one() {
    let compose = "services:
  mall-gateway: {build: ./gateway}
  mall-order: {build: ./order}
  mall-search: {build: ./search}
  mall-user: {build: ./user}
  nginx: {image: 'nginx:1.28'}
  nacos: {image: 'nacos/nacos-server:v3'}
";
    let document = mermaid(
        "graph TD
    N[Nginx] --> G[Spring Cloud Gateway 网关]
    G --> O[订单服务]
    G --> S[搜索服务]
    G --> U[用户服务]
    G --> C[Nacos]",
    );
    assert_eq!(said(compose, &document), Vec::<String>::new());
}

#[test]
fn german_words_for_what_programs_do_mean_them() {
    let compose = "services:
  eingang: {build: ./eingang}
  elasticsearch: {image: 'elasticsearch:8.17.0'}
  gotenberg: {image: 'gotenberg/gotenberg:8'}
";
    let document = mermaid(
        "graph TD
    E[Eingang] --> V[Volltextsuche]
    E --> P[PDF/A-Wandlung]",
    );
    assert_eq!(said(compose, &document), Vec::<String>::new());
}
