// The browser's own speech recognition, and only where it works on this device: nothing said leaves it. Everywhere else
// people have the dictation of their keyboard.
import { useEffect, useRef, useState } from "preact/hooks";
import { locale } from "../../words";

interface Recognition {
    lang: string;
    continuous: boolean;
    processLocally?: boolean;
    onresult: ((event: { resultIndex: number; results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }> }) => void) | null;
    onend: (() => void) | null;
    start(): void;
    stop(): void;
}
interface RecognitionMaker {
    new (): Recognition;
    available?(options: { langs: string[]; processLocally: boolean }): Promise<string>;
}

function language(): string {
    return locale() === "de" ? "de-DE" : "en-US";
}

export function useDictation(heard: (words: string) => void): { on: boolean; toggle(): void } | null {
    const [here, setHere] = useState(false);
    const [on, setOn] = useState(false);
    const running = useRef<Recognition | null>(null);
    const Maker = (globalThis as { SpeechRecognition?: RecognitionMaker }).SpeechRecognition;
    useEffect(() => {
        Maker?.available?.({ langs: [language()], processLocally: true }).then((state) => setHere(state === "available"), () => undefined);
        return () => running.current?.stop();
    }, []);
    if (!here || !Maker) return null;
    const toggle = () => {
        if (running.current) {
            running.current.stop();
            return;
        }
        const recognition = new Maker();
        recognition.lang = language();
        recognition.continuous = true;
        recognition.processLocally = true;
        recognition.onresult = (event) => {
            for (let index = event.resultIndex; index < event.results.length; index += 1) {
                const result = event.results[index];
                if (result?.isFinal) heard(result[0]?.transcript.trim() ?? "");
            }
        };
        recognition.onend = () => {
            running.current = null;
            setOn(false);
        };
        recognition.start();
        running.current = recognition;
        setOn(true);
    };
    return { on, toggle };
}
