package io.patrolagent.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every secret here is made up; it is put together so that no scanner takes it for one. */
class SecretMaskTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AWS_ID = "AKIA" + "IOSFODNN7EXAMPLE";
  private static final String AWS_SECRET = "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY";
  private static final String JWT =
      "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiJqb2huIn0" + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1g";
  private static final String PEM =
      "-----BEGIN "
          + "PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQ==\n-----END PRIVATE KEY-----\n";

  static final List<String> SECRETS =
      List.of(
          AWS_ID,
          "sk-" + "abcdefghijklmnopqrstuvwxyz012345",
          "sk-proj-" + "Ab_9-cdefGHIJK01234",
          "sk-ant-" + "api03-Ab_9-cdefGHIJK01234",
          "AIza" + "SyA1234567890abcdefghijklmnopqrstuv",
          "ya29." + "a0AfH6SMBx-abcdefghij_klmn",
          "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a",
          "github_pat_" + "11ABCDEFG0abcdefghij_klmnopq",
          "glpat-" + "abcdefghij0123456789",
          "xoxb-" + "123456789012-abcdefABCDEF",
          "hf_" + "abcdefghijklmnopqrstuvwxyz012345",
          JWT);

  @ParameterizedTest
  @FieldSource("SECRETS")
  void aKnownShapeIsMaskedWhereverItStands(String secret) throws Exception {
    for (String frame :
        List.of("%s", "used %s today", "(%s)", "a=1&k=%s&b=2", "x%%3D%s", "key '%s'.", "q:%s,")) {
      String text = frame.formatted(secret);
      assertThat(SecretMask.mask(text)).isEqualTo(frame.formatted("***"));
    }
    ObjectNode json = JSON.createObjectNode().put("line", "one\n" + secret + "\ttwo");
    assertThat(JSON.readTree(SecretMask.mask(json.toString())).path("line").asText())
        .isEqualTo("one\n***\ttwo");
  }

  static Stream<List<String>> named() {
    return Stream.of(
        List.of("password=hunter2 user=me", "password=*** user=me"),
        List.of("PASSWORD='hun ter2', next", "PASSWORD='***', next"),
        List.of("db_password: hunter2", "db_password: ***"),
        List.of("DB_PASS=hunter2", "DB_PASS=***"),
        List.of("spring.datasource.password = hunter2", "spring.datasource.password = ***"),
        List.of("ALTER ROLE reader PASSWORD 'hunter2';", "ALTER ROLE reader PASSWORD '***';"),
        List.of("psql --db-password hunter2 -h db", "psql --db-password *** -h db"),
        List.of("aws_secret_access_key = " + AWS_SECRET, "aws_secret_access_key = ***"),
        List.of("secretAccessKey: " + AWS_SECRET + "\n", "secretAccessKey: ***\n"),
        List.of("x-api-key: abc-1", "x-api-key: ***"),
        List.of("?user=a&token=abc&x=1", "?user=a&token=***&x=1"),
        List.of("Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic ***"),
        List.of("authorization=Bearer abc", "authorization=Bearer ***"),
        List.of("got Bearer abcdef123456 here", "got Bearer *** here"),
        List.of(
            "AccountName=acme;AccountKey=" + "Zm9vYmFy+/Zm9v==;EndpointSuffix=core.windows.net",
            "AccountName=acme;AccountKey=***;EndpointSuffix=core.windows.net"),
        List.of(
            "Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=" + "Zm9vYmFy=",
            "Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=***"),
        List.of(
            "https://acme.blob.core.windows.net/c?sv=2024&sp=r&sig=" + "aB%2Fc%3D",
            "https://acme.blob.core.windows.net/c?sv=2024&sp=r&sig=***"),
        List.of(
            "https://s3/x?X-Amz-Expires=60&X-Amz-Signature=0a1b2c",
            "https://s3/x?X-Amz-Expires=60&X-Amz-Signature=***"));
  }

  @ParameterizedTest
  @MethodSource("named")
  void whatANameSaysIsSecretIsMasked(List<String> textAndMasked) {
    assertThat(SecretMask.mask(textAndMasked.get(0))).isEqualTo(textAndMasked.get(1));
  }

  static Stream<List<String>> urls() {
    return Stream.of(
        List.of("postgres://me:hunter2@db:5432/fleet", "postgres://me:***@db:5432/fleet"),
        List.of("redis://:hunter2@cache/0", "redis://:***@cache/0"),
        List.of("amqp://me:p@ss@host/v", "amqp://me:***@host/v"),
        List.of("https://me:12345@host/v", "https://me:***@host/v"),
        List.of(
            "https://hooks.slack.com/services/T00/B00/abcdef",
            "https://hooks.slack.com/services/***"),
        List.of(
            "https://open.larksuite.com/open-apis/bot/v2/hook/0b2f-1111",
            "https://open.larksuite.com/open-apis/bot/v2/hook/***"));
  }

  @ParameterizedTest
  @MethodSource("urls")
  void aUrlKeepsEverythingButItsSecret(List<String> textAndMasked) {
    assertThat(SecretMask.mask(textAndMasked.get(0))).isEqualTo(textAndMasked.get(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c-1042",
        "cluster sk-bratislava-prod-cluster-0001 is fine",
        "b3f1c2d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "PostgreSQL 18.6.0, kafka-clients 4.3.1",
        "http://127.0.0.1:19092/metrics?from=a@b",
        "jdbc:postgresql://db-1:5432,db-2:5432/fleet?user=me",
        "ops@example.org wrote to //host:8080/x@y",
        "max_tokens: 8192, input_tokens=12, \"total_tokens\": 5",
        "next token expired; the password must be reset",
        "PATROL_DATABASE_PASSWORD: is needed, but not set",
        "password: must not be blank",
        "\"password\":null,\"token\":\"\",\"secret\":{\"name\":\"x\"}",
        "PWD=/var/lib/app",
        "secretName: db-credentials-ref",
        "private_key_id\": \"0a1b2c3d\"",
        "the bearer authentication scheme failed",
        "ssl.keystore.password = [hidden]",
        "partition_key=customer_id primary key (id)"
      })
  void whatOnlyLooksLikeASecretStays(String text) {
    assertThat(SecretMask.mask(text)).isEqualTo(text);
  }

  @Test
  void aPrivateKeyKeepsItsFrameAlone() {
    assertThat(SecretMask.mask("key:\n" + PEM + "end"))
        .isEqualTo("key:\n-----BEGIN " + "PRIVATE KEY-----***-----END PRIVATE KEY-----\nend");
    assertThat(SecretMask.mask(PEM.substring(0, 50))).doesNotContain("MIIE").endsWith("***");
  }

  @Test
  void jsonStaysJsonAndLosesItsSecretsAlone() throws Exception {
    // Given
    ObjectNode account =
        JSON.createObjectNode()
            .put("type", "service_account")
            .put("private_key_id", "0a1b2c3d4e5f")
            .put("private_key", PEM)
            .put("password", "quote \" backslash \\ comma , brace }")
            .put("pin_password", 123456)
            .put("token", (String) null)
            .put("log", "login password=hunter2\nnext line")
            .put("nested", JSON.writeValueAsString(Map.of("api_key", "a\"b\\", "id", "c-1")));
    account.putObject("secret").put("client_secret", "s3cr3t").put("tier", "S");
    // When
    JsonNode masked = JSON.readTree(SecretMask.mask(JSON.writeValueAsString(account)));
    // Then
    assertThat(masked.path("type").asText()).isEqualTo("service_account");
    assertThat(masked.path("private_key_id").asText()).isEqualTo("0a1b2c3d4e5f");
    assertThat(masked.path("private_key").asText()).isEqualTo("***");
    assertThat(masked.path("password").asText()).isEqualTo("***");
    assertThat(masked.path("pin_password").asText()).isEqualTo("***");
    assertThat(masked.path("token").isNull()).isTrue();
    assertThat(masked.path("log").asText()).isEqualTo("login password=***\nnext line");
    assertThat(masked.at("/secret/client_secret").asText()).isEqualTo("***");
    assertThat(masked.at("/secret/tier").asText()).isEqualTo("S");
    JsonNode nested = JSON.readTree(masked.path("nested").asText());
    assertThat(nested.path("api_key").asText()).isEqualTo("***");
    assertThat(nested.path("id").asText()).isEqualTo("c-1");
  }

  @Test
  void jsonWithinJsonWithinJsonStaysJson() throws Exception {
    // Given
    String text = "{\"password\":\"a\\\"b\\\\\",\"id\":\"c-1\"}";
    for (int depth = 0; depth < 3; depth++) {
      text = JSON.writeValueAsString(Map.of("inner", text));
    }
    // When
    String masked = SecretMask.mask(text);
    // Then
    for (int depth = 0; depth < 3; depth++) {
      masked = JSON.readTree(masked).path("inner").asText();
    }
    assertThat(JSON.readTree(masked))
        .isEqualTo(JSON.readTree("{\"password\":\"***\",\"id\":\"c-1\"}"));
  }

  @Test
  void slashesMayBeEscapedAsLogbackWritesThem() {
    assertThat(
            SecretMask.mask("{\"m\":\"at https:\\/\\/me:hunter2@db\\/x, AccountKey=Zm9\\/v+==\"}"))
        .isEqualTo("{\"m\":\"at https:\\/\\/me:***@db\\/x, AccountKey=***\"}");
    assertThat(SecretMask.mask("hooks.slack.com\\/services\\/T00\\/B00\\/abcdef\""))
        .isEqualTo("hooks.slack.com\\/services\\/***\"");
  }

  @Test
  void aValueThatWasCutOffIsMaskedToTheEndOfItsLine() {
    assertThat(SecretMask.mask("{\"password\":\"hunt\n[cut]"))
        .isEqualTo("{\"password\":\"***\n[cut]");
  }

  @Test
  void maskingWhatIsMaskedChangesNothing() {
    Stream.concat(
            Stream.concat(SECRETS.stream(), Stream.of(PEM, "{\"password\": 12}")),
            Stream.concat(named(), urls()).map(pair -> pair.get(0)))
        .map(SecretMask::mask)
        .forEach(masked -> assertThat(SecretMask.mask(masked)).isEqualTo(masked));
  }

  /** Where a pattern looked again at what it has run over, none of these would come to an end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "\"",
        "eyJ",
        "sk-ant-",
        "//a:b",
        "password",
        "password=",
        "pwd=/",
        "token=\"",
        "token='",
        "\"token\":\"\\",
        "password: a ",
        "Bearer a",
        "-----BEGIN PRIVATE KEY-----",
        "--a"
      })
  void aMillionLettersAreMasked(String piece) {
    String text = piece.repeat(1_000_000 / piece.length());
    assertThatCode(() -> SecretMask.mask(text)).doesNotThrowAnyException();
  }
}
