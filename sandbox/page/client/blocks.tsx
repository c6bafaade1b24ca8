import type { Block } from "../wire.ts";
import { InteractiveElement } from "./elements/element.tsx";
import type { ElementSpec, Press } from "./elements/element-spec.ts";
import { StillBlock } from "./still-block.tsx";

export interface BlocksProps {
  blocks: readonly Block[];
  press: Press;
}

/**
 * Block Kit as Slack shows it. Text and layout come from slack-blocks-to-jsx; whatever can be
 * pressed is drawn here, because that package tells nobody about presses.
 */
export function Blocks({ blocks, press }: BlocksProps) {
  return (
    <div className="blocks">
      {blocks.map((block, at) => (
        <OneBlock key={block.block_id ?? at} block={block} press={press} />
      ))}
    </div>
  );
}

function OneBlock({ block, press }: { block: Block; press: Press }) {
  if (block.type === "actions") {
    return (
      <div className="actions" data-block={block.block_id}>
        {asElements(block.elements).map((element) => (
          <InteractiveElement
            key={element.action_id}
            element={element}
            blockId={block.block_id}
            press={press}
          />
        ))}
      </div>
    );
  }
  const accessory = asElements([block.accessory])[0];
  if (block.type === "section" && accessory && accessory.type !== "image") {
    const { accessory: _, ...rest } = block;
    return (
      <div className="with-accessory" data-block={block.block_id}>
        <StillBlock block={rest as Block} />
        <InteractiveElement element={accessory} blockId={block.block_id} press={press} />
      </div>
    );
  }
  return <StillBlock block={block} />;
}

function asElements(value: unknown): ElementSpec[] {
  const list = Array.isArray(value) ? value : [];
  return list.filter((one) => typeof one === "object" && one !== null && "type" in one);
}
