package io.patrolagent.agentrunner.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolArgumentsTest {

  @ParameterizedTest
  @ValueSource(strings = {"24", "\"24\"", "\" 24 \"", "24.0", "\"24.0\"", "2.4e1"})
  void aNumberMayBeATextOrHaveADecimalPoint(String written) throws Exception {
    assertThat(arguments("{\"hours\": " + written + "}").integer("hours", 1, 24, 7)).isEqualTo(24);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"hours\": null}"})
  void nothingAndNullAreTheDefault(String written) throws Exception {
    assertThat(arguments(written).integer("hours", 1, 24, 7)).isEqualTo(7);
    assertThat(arguments(written).optionalText("hours", 5)).isEmpty();
    assertThat(arguments(written).choice("hours", List.of("a"))).isEmpty();
    assertThat(arguments(written).texts("hours", 5, 5)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "25",
        "-1",
        "23.5",
        "\"a day\"",
        "\"\"",
        "true",
        "[24]",
        "{}",
        "1e99",
        "1e400",
        "99999999999999999999",
        "\"1e1\"",
        "\"0x10\"",
        "\"٢٤\""
      })
  void aNumberOutOfBoundsOrNoNumberIsRefusedWithRuleAndValue(String written) throws Exception {
    ToolArguments arguments = arguments("{\"hours\": " + written + "}");

    refused(
        () -> arguments.integer("hours", 1, 24, 7), "hours must be a whole number from 1 to 24");
  }

  @Test
  void theRefusedValueIsShownAndCut() throws Exception {
    ToolArguments arguments = arguments("{\"hours\": \"" + "9".repeat(500) + "\"}");

    assertThatThrownBy(() -> arguments.integer("hours", 1, 24, 7))
        .hasMessageEndingWith("not \"" + "9".repeat(59) + "…");
  }

  @Test
  void aTextIsTakenWithoutTheBlanksAroundIt() throws Exception {
    assertThat(arguments("{\"cluster_id\": \" c-1 \"}").text("cluster_id", 3)).isEqualTo("c-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"  \"", "\"c-12\"", "7", "[\"c-1\"]", "\"c\\u0000\""})
  void aTextThatIsNoneOrTooLongIsRefused(String written) throws Exception {
    ToolArguments arguments = arguments("{\"cluster_id\": " + written + "}");

    refused(
        () -> arguments.text("cluster_id", 3), "cluster_id must be a text of 1 to 3 characters");
  }

  @Test
  void aTextThatMustBeThereIsMissed() throws Exception {
    ToolArguments arguments = arguments("{}");

    refused(() -> arguments.text("cluster_id", 3), "cluster_id is missing");
  }

  @Test
  void aChoiceMayBeInAnyCase() throws Exception {
    assertThat(arguments("{\"level\": \"warn\"}").choice("level", List.of("INFO", "WARN")))
        .contains("WARN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"WARNING\"", "\"\"", "3", "[\"WARN\"]"})
  void anythingButAChoiceIsRefusedWithTheChoices(String written) throws Exception {
    ToolArguments arguments = arguments("{\"level\": " + written + "}");

    refused(
        () -> arguments.choice("level", List.of("INFO", "WARN")),
        "level must be one of INFO, WARN");
  }

  @Test
  void aListHoldsEachTextOnceAndOneTextWillDo() throws Exception {
    assertThat(arguments("{\"metrics\": [\"b\", \"a\", \" b\"]}").texts("metrics", 3, 9))
        .containsExactly("b", "a");
    assertThat(arguments("{\"metrics\": \"a\"}").texts("metrics", 3, 9)).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"a\", \"b\", \"c\", \"d\"]", "[1]", "[null]", "{\"a\": 1}", "5"})
  void aListThatIsTooLongOrHoldsSomethingElseIsRefused(String written) throws Exception {
    ToolArguments arguments = arguments("{\"metrics\": " + written + "}");

    refused(() -> arguments.texts("metrics", 3, 9), "metrics must be");
  }

  @Test
  void anUnknownArgumentIsRefusedWithTheOneThatWasMeant() throws Exception {
    ToolArguments arguments = arguments("{\"cluster-id\": \"c1\"}");

    refused(
        () -> arguments.only("cluster_id", "hours"),
        "there is no argument 'cluster-id'; did you mean cluster_id?; the arguments are cluster_id,"
            + " hours");
    refused(arguments::only, "there is no argument 'cluster-id'; this tool takes none");
  }

  @Test
  void theArgumentsThereAreAreTaken() throws Exception {
    ToolArguments arguments = arguments("{\"hours\": 3}");

    assertThat(arguments.only("cluster_id", "hours")).isSameAs(arguments);
  }

  private static ToolArguments arguments(String text) throws ToolRefusal {
    return ToolArguments.parse(text);
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(ToolRefusal.class).hasMessageStartingWith(message);
  }
}
