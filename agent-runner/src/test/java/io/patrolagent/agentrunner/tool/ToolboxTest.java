package io.patrolagent.agentrunner.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolboxTest {

  private final Toolbox toolbox = new Toolbox(List.of(new Named("query_b"), new Named("get_a")));

  @Test
  void toolsAreOfferedInTheirOrder() {
    assertThat(toolbox.specifications())
        .extracting(ToolSpecification::name)
        .containsExactly("query_b", "get_a");
  }

  @Test
  void aMisspeltNameIsRefusedWithTheOneThatWasMeant() throws Exception {
    assertThat(toolbox.find("query_b").name()).isEqualTo("query_b");
    assertThatThrownBy(() -> toolbox.find("queryb"))
        .isInstanceOf(ToolRefusal.class)
        .hasMessage(
            "there is no tool 'queryb'; did you mean query_b?; the tools are query_b, get_a");
    assertThatThrownBy(() -> toolbox.find("delete_cluster"))
        .hasMessage("there is no tool 'delete_cluster'; the tools are query_b, get_a");
  }

  @Test
  void twoToolsOfOneNameAreAMistake() {
    assertThatThrownBy(() -> new Toolbox(List.of(new Named("a"), new Named("a"))))
        .hasMessage("two tools are called a");
  }

  private record Named(String name) implements Tool {
    @Override
    public ToolSpecification specification() {
      return ToolSpecification.builder().name(name).build();
    }

    @Override
    public ObjectNode call(ToolArguments arguments, ToolContext context) {
      return JsonNodeFactory.instance.objectNode();
    }
  }
}
