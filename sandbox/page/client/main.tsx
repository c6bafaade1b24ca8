import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import "slack-blocks-to-jsx/dist/style.css";
import "./style/base.css";
import "./style/stage.css";
import "./style/slack.css";
import "./style/messages.css";
import "./style/elements.css";
import "./style/modal.css";
import "./style/vendors.css";
import "./style/widths.css";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
